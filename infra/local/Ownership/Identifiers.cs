using System.Security.Cryptography;

namespace Isobar.Local.Ownership;

/// <summary>Where request ids, message ids, version ids and the like come from; seeded in simulations.</summary>
internal sealed class Identifiers
{
    private const int KeptBytes = 1_024;

    [ThreadStatic]
    private static byte[]? kept;

    [ThreadStatic]
    private static int left;

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

    /// <summary>Random bytes, as many as wanted, for keys and nonces.</summary>
    public byte[] NewBytes(int count)
    {
        var bytes = new byte[count];
        if (seeded is null) RandomNumberGenerator.Fill(bytes);
        else Fill(bytes);
        return bytes;
    }

    // The system's source takes a microsecond a call, however few bytes are wanted: too long for three identifiers in
    // every invocation.
    private static void Take(Span<byte> bytes)
    {
        kept ??= new byte[KeptBytes];
        if (left < bytes.Length)
        {
            RandomNumberGenerator.Fill(kept);
            left = KeptBytes;
        }

        kept.AsSpan(left - bytes.Length, bytes.Length).CopyTo(bytes);
        left -= bytes.Length;
    }

    private void Fill(Span<byte> bytes)
    {
        if (seeded is null)
        {
            Take(bytes);
            return;
        }

        lock (gate) seeded.NextBytes(bytes);
    }
}
