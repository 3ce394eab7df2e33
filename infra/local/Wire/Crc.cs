using System.Buffers.Binary;

namespace Isobar.Local.Wire;

/// <summary>
/// A reflected cyclic redundancy check of 32 or 64 bits whose start value and final mask are all ones: eight bytes a
/// step, and able to join the values of two neighbours without seeing their bytes.
/// </summary>
/// <remarks>Source of the parameters: CRC RevEng catalogue, CRC-32/ISO-HDLC, CRC-32/ISCSI and CRC-64/NVME.</remarks>
internal sealed class Crc
{
    public static readonly Crc Crc32 = new(32, 0xEDB88320);
    public static readonly Crc Crc32C = new(32, 0x82F63B78);
    public static readonly Crc Crc64Nvme = new(64, 0x9A6C9329AC4BC9B5);

    private readonly int width;
    private readonly ulong polynomial;
    private readonly ulong mask;
    private readonly ulong[] tables = new ulong[8 * 256];

    private Crc(int width, ulong polynomial)
    {
        this.width = width;
        this.polynomial = polynomial;
        mask = ulong.MaxValue >> (64 - width);
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++) value = Shift(value);
            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
            tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
    }

    /// <summary>The value of no bytes, to begin with.</summary>
    public const ulong Empty = 0;

    /// <summary>The value of what came before, followed by these bytes.</summary>
    public ulong Append(ulong value, ReadOnlySpan<byte> bytes)
    {
        var t = tables;
        var crc = ~value & mask;
        while (bytes.Length >= 8)
        {
            var x = crc ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = t[7 * 256 + (int)(x & 0xFF)] ^ t[6 * 256 + (int)((x >> 8) & 0xFF)]
                ^ t[5 * 256 + (int)((x >> 16) & 0xFF)] ^ t[4 * 256 + (int)((x >> 24) & 0xFF)]
                ^ t[3 * 256 + (int)((x >> 32) & 0xFF)] ^ t[2 * 256 + (int)((x >> 40) & 0xFF)]
                ^ t[256 + (int)((x >> 48) & 0xFF)] ^ t[(int)(x >> 56)];
            bytes = bytes[8..];
        }

        foreach (var b in bytes) crc = (crc >> 8) ^ t[(byte)(crc ^ b)];
        return ~crc & mask;
    }

    /// <summary>The value of two stretches of bytes in a row.</summary>
    /// <param name="secondLength">How many bytes the second stretch has.</param>
    public ulong Join(ulong first, ulong second, long secondLength)
    {
        var power = 1UL << (width - 1);
        var square = power >> 1;
        for (var i = 0; i < 3; i++) square = Multiply(square, square);
        for (var rest = secondLength; rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0) power = Multiply(square, power);
            square = Multiply(square, square);
        }

        return Multiply(power, first) ^ second;
    }

    /// <summary>The value as AWS writes it: big-endian.</summary>
    public byte[] ToBytes(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[(8 - width / 8)..];
    }

    public static ulong FromBytes(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var b in bytes) value = (value << 8) | b;
        return value;
    }

    private ulong Shift(ulong value) => (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;

    // Polynomials over GF(2), modulo this one's; the highest bit is x to the power of zero.
    private ulong Multiply(ulong a, ulong b)
    {
        ulong product = 0;
        for (var bit = 1UL << (width - 1); bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0) product ^= b;
            b = Shift(b);
        }

        return product;
    }
}
