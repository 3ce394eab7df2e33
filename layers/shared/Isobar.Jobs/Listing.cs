using System.Globalization;

namespace Isobar.Jobs;

/// <summary>
/// The partition that lists all jobs, an item each: by the time of their landing, then by their id. Its items never
/// change, so that counting chunks costs nothing here. One partition takes 1,000 writes a second, as many jobs.
/// </summary>
/// <remarks>Source of the number: Amazon DynamoDB Developer Guide, "Burst and adaptive capacity".</remarks>
internal static class Listing
{
    public const string Partition = "jobs";

    private const int JobDigits = 64;
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">Nothing that <see cref="Instant"/> wrote.</exception>
    public static DateTimeOffset ReadInstant(string text) => TryReadInstant(text, out var instant)
        ? instant
        : throw new FormatException($"'{text}' is no instant.");

    public static string Position(DateTimeOffset landedAt, string job) => $"{Instant(landedAt)}#{job}";

    /// <returns>Null when it is no position in the listing.</returns>
    public static string? TryReadJob(string position) =>
        position.Split('#') is [var instant, { Length: JobDigits } job]
        && TryReadInstant(instant, out _) && job.All(char.IsAsciiHexDigitLower)
            ? job
            : null;

    private static bool TryReadInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, InstantFormat, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
