namespace Isobar.Domain;

/// <summary>Orders the versions of one key, as S3 numbers its events; across keys it means nothing.</summary>
/// <remarks>Source: Amazon S3 User Guide, event message structure.</remarks>
public static class Sequencer
{
    /// <summary>
    /// The sequencer in a form that compares ordinally, also in DynamoDB: without the zeros at its end. S3 asks to pad
    /// the shorter of two with zeros on its right; no hexadecimal digit is less than zero, so that is the same order.
    /// </summary>
    public static string Order(string sequencer) => sequencer.TrimEnd('0');

    /// <summary>Negative, zero or positive, as the one is before, equal to or after the other.</summary>
    public static int Compare(string one, string other) => string.CompareOrdinal(Order(one), Order(other));
}
