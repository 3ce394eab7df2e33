namespace Isobar.Domain;

/// <summary>Orders the versions of one key, as S3 numbers its events; across keys it means nothing.</summary>
/// <remarks>Source: Amazon S3 User Guide, event message structure.</remarks>
public static class Sequencer
{
    /// <summary>Compares hexadecimal texts, the shorter one padded with zeros on its right.</summary>
    public static int Compare(string one, string other)
    {
        var length = Math.Max(one.Length, other.Length);
        return string.CompareOrdinal(one.PadRight(length, '0'), other.PadRight(length, '0'));
    }
}
