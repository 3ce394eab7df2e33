using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Services.Kinesis;

/// <summary>The part of all hash keys that a shard has; both ends belong to it.</summary>
internal readonly record struct HashRange(UInt128 Start, UInt128 End)
{
    public bool Has(UInt128 hash) => hash >= Start && hash <= End;
}

/// <summary>Hash keys: 0 to 2^128 - 1.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, PutRecord: MD5 of the partition key.</remarks>
internal static class HashKeys
{
    public static UInt128 Of(string partitionKey)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(partitionKey), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public static string Text(UInt128 hash) => hash.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null when it is no number of this range.</returns>
    public static UInt128? Parse(string text) =>
        UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hash) ? hash : null;

    /// <summary>The ranges of shards that share all hash keys evenly, in order.</summary>
    public static IEnumerable<HashRange> Even(int shards)
    {
        if (shards == 1)
        {
            yield return new HashRange(0, UInt128.MaxValue);
            yield break;
        }

        // 2^128 has one bit too many to be divided here.
        var width = UInt128.MaxValue / (UInt128)shards;
        if (UInt128.MaxValue % (UInt128)shards == (UInt128)shards - 1) width++;
        for (var i = 1; i <= shards; i++)
        {
            yield return new HashRange(
                width * (UInt128)(i - 1), i == shards ? UInt128.MaxValue : width * (UInt128)i - 1);
        }
    }
}
