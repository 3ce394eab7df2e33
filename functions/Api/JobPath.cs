namespace Isobar.Api;

/// <summary>The job id in a path.</summary>
internal static class JobPath
{
    private const int Digits = 64;

    public const string NotFound = "There is no such job.";

    /// <summary>Whether the text has the form of a job id; others are not looked up.</summary>
    public static bool IsJobId(string? id) => id is { Length: Digits } && id.All(char.IsAsciiHexDigitLower);
}
