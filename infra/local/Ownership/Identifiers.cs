using System.Security.Cryptography;

namespace Isobar.Local.Ownership;

/// <summary>Where request ids, message ids, version ids and the like come from; seeded in simulations.</summary>
internal sealed class Identifiers
{
    private readonly Lock gate = new();
    private readonly Random? seeded;

    /// <summary>Unpredictable identifiers, for the running host.</summary>
    public Identifiers()
    {
    }

    /// <summary>The same identifiers again for the same seed, for tests.</summary>
    public Identifiers(int seed) => seeded = new Random(seed);

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>Lower-case hexadecimal text of the given number of random bytes (1 to 64).</summary>
    public string NewHex(int byteCount)
    {
        Span<byte> bytes = stackalloc byte[64];
        Fill(bytes[..byteCount]);
        return Convert.ToHexStringLower(bytes[..byteCount]);
    }

    private void Fill(Span<byte> bytes)
    {
        if (seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }

        lock (gate) seeded.NextBytes(bytes);
    }
}
