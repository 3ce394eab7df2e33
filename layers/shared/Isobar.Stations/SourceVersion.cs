using Isobar.Domain;

namespace Isobar.Stations;

/// <summary>One version of a source, as the stations table names it.</summary>
/// <param name="Object">The version of the landed object.</param>
/// <param name="Job">The job that read it.</param>
public sealed record SourceVersion(ObjectVersion Object, string Job)
{
    /// <summary>Digits of <see cref="Order"/>. S3's sequencers had 18 when this was written.</summary>
    public const int OrderDigits = 64;

    /// <summary>See <see cref="SourceId"/>.</summary>
    public string Source { get; } = SourceId.Of(Object.Bucket, Object.Key);

    /// <summary>
    /// The sequencer in upper case, with zeros on its right up to <see cref="OrderDigits"/>: of two versions of one
    /// source, the one whose order is greater, ordinally, is newer.
    /// </summary>
    /// <remarks>Source: Amazon S3 User Guide, event message structure: pad the shorter of two with zeros.</remarks>
    public string Order { get; } = OrderOf(Object.Sequencer);

    /// <summary>Compares two versions of one source.</summary>
    public bool IsNewerThan(SourceVersion other) => string.CompareOrdinal(Order, other.Order) > 0;

    /// <exception cref="FormatException">Not 1 to <see cref="OrderDigits"/> hexadecimal digits.</exception>
    public static string OrderOf(string sequencer) =>
        sequencer.Length is > 0 and <= OrderDigits && sequencer.All(char.IsAsciiHexDigit)
            ? sequencer.ToUpperInvariant().PadRight(OrderDigits, '0')
            : throw new FormatException($"A sequencer is 1 to {OrderDigits} hexadecimal digits, not '{sequencer}'.");
}
