namespace Isobar.Api;

/// <summary>What a path calls a job.</summary>
internal static class JobName
{
    private const int Digits = 64;

    public const string Unknown = "There is no such job.";

    /// <summary>Whether a job can have this id: what can't be one is not looked up.</summary>
    public static bool IsPossible(string? id) => id is { Length: Digits } && id.All(char.IsAsciiHexDigitLower);
}
