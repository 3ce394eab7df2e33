using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>
/// A throw-away project outside the repository, with its own package cache and only the sources it is given, which are
/// folders: no network is asked.
/// </summary>
internal sealed class ScratchProject : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-stand-ins-");

    public ScratchProject(IEnumerable<(string Id, string Version)> packages, params string[] sources)
    {
        File.WriteAllText(PathOf("Nothing.cs"), "public static class Nothing;");
        Project(packages).Save(PathOf("Scratch.csproj"));
        Configuration(sources).Save(PathOf("nuget.config"));
    }

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Runs the dotnet command line in the project's folder.</summary>
    public async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = PathOf("packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment.Remove("MSBuildSDKsPath");

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Restores and says which version of each package was chosen.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RestoreAsync()
    {
        var (exitCode, output) = await DotnetAsync("restore");
        Assert.True(exitCode == 0, output);
        using var assets = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("obj/project.assets.json")));
        return assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(library => library.Name.Split('/'))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }

    private static XElement Project(IEnumerable<(string Id, string Version)> packages) => new(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", "net10.0"),
            new XElement("NuGetAudit", "false")),
        new XElement("ItemGroup", packages.Select(p => new XElement(
            "PackageReference", new XAttribute("Include", p.Id), new XAttribute("Version", p.Version)))),
        new XElement("Import", new XAttribute(
            "Project", Path.Combine(Checkout.Root, "build", "stand-ins.guard.targets"))));

    private static XElement Configuration(IEnumerable<string> sources) => new(
        "configuration",
        new XElement(
            "packageSources",
            new XElement("clear"),
            sources.Select((source, i) => new XElement(
                "add", new XAttribute("key", $"source{i}"), new XAttribute("value", source)))));

    public void Dispose() => folder.Delete(recursive: true);
}
