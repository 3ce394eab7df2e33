using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Isobar.Tidy.Tests;

/// <summary>
/// A project that starts a host builds what the host runs, though it references none of it: a fresh clone has nothing
/// built.
/// </summary>
public sealed class BuiltBeforeUse
{
    [Theory]
    [InlineData("tests/System.Tests/System.Tests.csproj")]
    [InlineData("tests/Benchmarks/Benchmarks.csproj")]
    public void Every_function_layer_and_extension_is_built_with_it(string project)
    {
        var patterns = XDocument.Parse(Repository.Text(project)).Descendants("ProjectReference")
            .Select(reference => Pattern(reference.Attribute("Include")!.Value)).ToList();
        var executables =
            from room in (string[])["functions", "layers", "extensions"]
            from folder in Directory.GetDirectories(Path.Combine(Repository.Root, room))
            let name = Path.GetFileName(folder)
            where File.Exists(Path.Combine(folder, $"{name}.csproj"))
            select $"{room}/{name}/{name}.csproj";

        var missing = executables.Append("tests/Probe/Probe.csproj")
            .Where(path => !patterns.Any(pattern => pattern.IsMatch(path))).ToList();

        Assert.True(missing.Count == 0, $"{project} does not build {string.Join(", ", missing)}");
        Assert.Contains(executables, path => path == "layers/shared/shared.csproj");
    }

    // The includes are relative to tests/<project>.
    private static Regex Pattern(string include)
    {
        var path = include.StartsWith("../../", StringComparison.Ordinal)
            ? include["../../".Length..]
            : "tests/" + include["../".Length..];
        return new Regex($"^{Regex.Escape(path).Replace(@"\*", "[^/]+", StringComparison.Ordinal)}$");
    }
}
