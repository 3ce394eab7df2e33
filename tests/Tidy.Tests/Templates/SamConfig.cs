using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>
/// The deployment profiles of samconfig.toml, in the little of TOML that it uses: tables, and a value a line.
/// </summary>
internal static partial class SamConfig
{
    private const string Default = "default";

    /// <summary>Table name to its keys and values; texts without their quotes.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, string>> Tables { get; } =
        Read(Repository.Lines("samconfig.toml"));

    public static IEnumerable<string> Names => 
        Tables.Keys.Where(table => table.Length > 0).Select(table => table.Split('.')[0]).Distinct();

    /// <summary>What a profile sets for a command, over what it sets for all commands.</summary>
    public static string? Value(string profile, string command, string key) =>
        ((string[])[$"{profile}.{command}.parameters", $"{profile}.global.parameters"])
            .Select(table => Tables.GetValueOrDefault(table)?.GetValueOrDefault(key))
            .FirstOrDefault(value => value is not null);

    /// <summary>What a profile builds; what it deploys is the outcome of that.</summary>
    public static string TemplateOf(string profile) => Value(profile, "build", "template_file") ?? "template.yaml";

    public static Profile Profile(string name) => new(
        $"samconfig.toml, {name}",
        Value(name, "deploy", "region") ?? Value(Default, "deploy", "region")!,
        Parameter().Matches(Value(name, "deploy", "parameter_overrides") ?? "")
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value));

    private static Dictionary<string, Dictionary<string, string>> Read(IEnumerable<string> lines)
    {
        var tables = new Dictionary<string, Dictionary<string, string>> { [""] = [] };
        var table = "";
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line is not ("" or ['#', ..])))
        {
            if (line is ['[', .. var name, ']']) tables.Add(table = name, []);
            else if (line.Split('=', 2) is [var key, var value]) tables[table].Add(key.Trim(), value.Trim().Trim('"'));
            else throw new FormatException($"samconfig.toml: {line}");
        }

        return tables;
    }

    [GeneratedRegex(@"(?<name>\w+)=(?<value>[^\s""]+)")]
    private static partial Regex Parameter();
}
