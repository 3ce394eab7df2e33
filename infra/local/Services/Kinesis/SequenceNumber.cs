using System.Globalization;
using System.Numerics;

namespace Isobar.Local.Services.Kinesis;

/// <summary>
/// The place of a record in its shard, as a decimal number of 56 digits. Later records of a shard have larger numbers,
/// and the children of a shard larger ones than their parents.
/// </summary>
/// <param name="ShardSecond">When the shard was opened, in seconds since 1970.</param>
/// <param name="Shard">The shard's number in its stream.</param>
/// <param name="Index">From 1; 0 is the shard's StartingSequenceNumber, which no record has.</param>
/// <param name="Second">When the record arrived, in seconds since 1970.</param>
/// <remarks>
/// AWS documents no form but the digits. This one is as long as AWS's: a mark, the shard's second, its number, the
/// index, and the record's second, each with a number of bits that never changes.
/// </remarks>
internal readonly record struct SequenceNumber(long ShardSecond, int Shard, long Index, long Second)
{
    private const int SecondBits = 36;
    private const int ShardBits = 32;
    private const int IndexBits = 63;
    private const int Mark = 2;

    // Zeros, which make it as long as AWS's.
    private const int TailBits = 17;

    /// <summary>The last number that a closed shard could have had.</summary>
    /// <remarks>There is a number after it, too.</remarks>
    public static SequenceNumber EndOf(long shardSecond, int shard, long second) =>
        new(shardSecond, shard, long.MaxValue - 1, second);

    /// <returns>Null when no stream of this host has such a number.</returns>
    public static SequenceNumber? Parse(string text)
    {
        if (text.Length is 0 or > 64
            || !BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        number >>= TailBits;
        var second = Low(ref number, SecondBits);
        var index = Low(ref number, IndexBits);
        var shard = Low(ref number, ShardBits);
        var opened = Low(ref number, SecondBits);
        var found = new SequenceNumber((long)opened, (int)(uint)shard, (long)index, (long)second);
        return number == Mark && found.ToString() == text ? found : null;
    }

    public override string ToString()
    {
        BigInteger number = Mark;
        number = (number << SecondBits) | ShardSecond;
        number = (number << ShardBits) | (uint)Shard;
        number = (number << IndexBits) | Index;
        number = (number << SecondBits) | Second;
        return (number << TailBits).ToString(CultureInfo.InvariantCulture);
    }

    private static ulong Low(ref BigInteger number, int bits)
    {
        var low = (ulong)(number & ((BigInteger.One << bits) - 1));
        number >>= bits;
        return low;
    }
}
