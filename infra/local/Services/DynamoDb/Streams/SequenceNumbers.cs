using System.Globalization;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>Sequence numbers as texts: 21 digits, so that they sort by text as by number.</summary>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, StreamRecord: 21 to 40 characters.</remarks>
internal static class SequenceNumbers
{
    private const string Lead = "1";
    private const int Digits = 20;

    public static string Text(long number) =>
        Lead + number.ToString("D20", CultureInfo.InvariantCulture);

    /// <returns>Null when no stream of this host has such a number.</returns>
    public static long? Parse(string text) =>
        text.Length == Lead.Length + Digits && text.StartsWith(Lead, StringComparison.Ordinal)
        && long.TryParse(text.AsSpan(Lead.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
