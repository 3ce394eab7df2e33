using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>What <c>sam deploy --parameter-overrides</c> makes of its arguments.</summary>
/// <remarks>
/// Source: AWS SAM CLI 1.164, run: a value ends at a space or at a double quote that does not enclose it, and quotes
/// around a value are taken off.
/// </remarks>
internal static partial class SamParameters
{
    /// <summary>Name to value, as CloudFormation is given them.</summary>
    public static IReadOnlyDictionary<string, string> Read(params IEnumerable<string> arguments) =>
        arguments.SelectMany(argument => Pair().Matches($" {argument}"))
            .ToDictionary(match => match.Groups["name"].Value, match => Unquoted(match.Groups["value"].Value));

    private static string Unquoted(string value) =>
        value.Length > 1 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;

    [GeneratedRegex(@" (?<name>[A-Za-z0-9""']+)=(?<value>""(?:\\.|[^""\\]+)*""|'(?:\\.|[^'\\]+)*'|(?:\\.|[^ ""\\]+)+)")]
    private static partial Regex Pair();
}
