using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests;

/// <summary>What no source file may hold.</summary>
public sealed partial class SourceText
{
    private const string Ownership = "infra/local/Ownership/";

    private static readonly string[] TextFiles =
        [".cs", ".md", ".yaml", ".json", ".props", ".targets", ".csproj", ".mjs", ".config", ".toml"];

    [Fact]
    public void No_file_reaches_400_lines() => AssertNone(
        from path in Repository.Files("", ".cs")
        let lines = Repository.Lines(path).Count(line => !string.IsNullOrWhiteSpace(line))
        where lines >= 400
        select $"{path}: {lines} non-blank lines");

    [Fact]
    public void No_line_is_wider_than_120_columns() => AssertNone(Find("", line => line.Length > 120));

    [Fact]
    public void No_work_is_promised_instead_of_done() => AssertNone(Find("", Promise().IsMatch));

    [Fact]
    public void The_system_clock_is_read_nowhere_but_in_ownership_and_tests() => AssertNone(
        FindProduct(line => SystemClock().IsMatch(line))
            .Where(finding => !finding.StartsWith(Ownership, StringComparison.Ordinal)));

    [Fact]
    public void Nothing_waits_on_a_clock_that_cannot_be_moved() => AssertNone(FindProduct(ClocklessDelay().IsMatch));

    [Fact]
    public void State_is_locked_only_inside_ownership() => AssertNone(
        Find("infra/local", line => Lock().IsMatch(line))
            .Where(finding => !finding.StartsWith(Ownership, StringComparison.Ordinal)));

    [Fact]
    public void No_file_names_a_machine_path_or_a_package_registry() => AssertNone(
        from ending in TextFiles
        from path in Repository.Files("", ending)
        where !path.StartsWith("tests/Tidy.Tests/", StringComparison.Ordinal)
        from line in Repository.Lines(path)
        where MachinePath().IsMatch(line)
        select $"{path}: {line.Trim()}");

    [Fact]
    public void Functions_layers_and_extensions_know_nothing_of_the_host() => AssertNone(
        from room in (string[])["functions", "layers", "extensions", "edge"]
        from finding in Find(room, line => line.Contains("IsLocal", StringComparison.Ordinal)
            || line.Contains("Isobar.Local", StringComparison.Ordinal)
            || line.Contains("ForcePathStyle", StringComparison.Ordinal))
        select finding);

    [Fact]
    public void No_name_says_helper_manager_utils_or_common() => AssertNone(
        Repository.Files("", ".cs").Where(path => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(path))));

    private static IEnumerable<string> FindProduct(Func<string, bool> isFound) =>
        new[] { "functions", "layers", "extensions", "infra/local" }.SelectMany(room => Find(room, isFound));

    private static IEnumerable<string> Find(string folder, Func<string, bool> isFound) =>
        from path in Repository.Files(folder, ".cs")
        where !path.StartsWith("tests/Tidy.Tests/", StringComparison.Ordinal)
        from line in Repository.Lines(path).Select((text, index) => (text, number: index + 1))
        where isFound(line.text)
        select $"{path}:{line.number}: {line.text.Trim()}";

    private static void AssertNone(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} found:\n{string.Join('\n', all.Take(40))}");
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Promise();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bStopwatch\b|\bEnvironment\.TickCount")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bThread\.Sleep\(|\bTask\.Delay\([^,()]*(\([^()]*\)[^,()]*)*"
        + @"(, *(cancellationToken|default|[a-z]+\.Token))?\)")]
    private static partial Regex ClocklessDelay();

    [GeneratedRegex(@"^\s*lock \(|\bnew Lock\(\)|\bMonitor\.Enter\(")]
    private static partial Regex Lock();

    [GeneratedRegex(@"(^|[\s""'(=])/(work|root|home)/|/v3/index\.json|""resolved"": *""https?:")]
    private static partial Regex MachinePath();

    [GeneratedRegex("(Helper|Manager|Utils?|Common)s?$")]
    private static partial Regex EmptyName();
}
