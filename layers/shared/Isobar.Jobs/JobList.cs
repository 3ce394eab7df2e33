using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Jobs;

/// <summary>
/// The partition of the jobs table that lists all jobs, one item each, by landing time and id. Its items do not change
/// while chunks are counted. One partition takes 1,000 writes a second, so as many new jobs.
/// </summary>
/// <remarks>Source of the number: Amazon DynamoDB Developer Guide, "Burst and adaptive capacity".</remarks>
internal static class JobList
{
    public const string Partition = "jobs";

    private const int JobDigits = 64;
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static Dictionary<string, AttributeValue> Entry(Job job) =>
        JobSchema.Key(Partition, Position(job.LandedAt, job.Id));

    public static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is not one that <see cref="Instant"/> wrote.</exception>
    public static DateTimeOffset ReadInstant(string text) => TryReadInstant(text, out var instant)
        ? instant
        : throw new FormatException($"'{text}' is not an instant of the form {InstantFormat}.");

    public static string Position(DateTimeOffset landedAt, string job) => $"{Instant(landedAt)}#{job}";

    /// <returns>The job's id; null if the text is not a position in the list.</returns>
    public static string? TryReadJob(string position) =>
        position.Split('#') is [var instant, { Length: JobDigits } job]
        && TryReadInstant(instant, out _) && job.All(char.IsAsciiHexDigitLower)
            ? job
            : null;

    private static bool TryReadInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, InstantFormat, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
