using System.Text.RegularExpressions;

namespace Isobar.Stories.Workshop;

/// <summary>Compares output with what a chapter shows, except for what no two runs have in common.</summary>
internal static partial class OutputComparison
{
    /// <param name="differs">What else differs, as a regular expression; or null.</param>
    public static bool AreAlike(IReadOnlyList<string> shown, IReadOnlyList<string> printed, string? differs) =>
        shown.Select(line => Masked(line, differs)).SequenceEqual(printed.Select(line => Masked(line, differs)));

    /// <summary>A line with a star in the place of times, identifiers, durations and sizes of memory.</summary>
    internal static string Masked(string line, string? differs)
    {
        var masked = differs is null ? line : Regex.Replace(line, differs, "*");
        masked = Volatile().Replace(masked, "*");
        return Spaces().Replace(masked, " ").Trim();
    }

    [GeneratedRegex(
        """
        \d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?   # an instant
        | \b\d\d:\d\d:\d\d(\.\d+)?\b                                       # a time of day
        | \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b # an identifier of AWS
        | \b([0-9a-f]{16,}|[0-9A-F]{32})\b                                 # a hash, a job or a version of an object
        | (?<=request=)[0-9a-f]{8}\b                                       # the beginning of a request id
        | (?<=-)[0-9A-Z]{12}\b                                             # the end of a resource's name
        | (?<=execute-api/)[a-z0-9]{10}\b                                  # an API
        | [A-Za-z0-9+_=-]{40,}                                             # a handle or a token
        | \b\d+(\.\d+)?\ ?(ms|s)\b                                         # a duration
        | \b\d+(?=\ of\ \d+\ MB)                                           # memory
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
