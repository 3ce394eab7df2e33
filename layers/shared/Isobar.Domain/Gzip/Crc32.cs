using System.Buffers.Binary;

namespace Isobar.Domain;

/// <summary>The CRC-32 of gzip (RFC 1952, section 8), eight bytes at a time from eight tables.</summary>
internal struct Crc32
{
    private const int Slices = 8;
    private static readonly uint[] Table = BuildTable();

    private uint inverted;

    /// <summary>The checksum of everything appended so far.</summary>
    public readonly uint Value => inverted;

    public void Append(ReadOnlySpan<byte> data)
    {
        var crc = ~inverted;
        ReadOnlySpan<uint> table = Table;
        for (; data.Length >= Slices; data = data[Slices..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = table[0x700 + (byte)low] ^ table[0x600 + (byte)(low >> 8)]
                ^ table[0x500 + (byte)(low >> 16)] ^ table[0x400 + (byte)(low >> 24)]
                ^ table[0x300 + (byte)high] ^ table[0x200 + (byte)(high >> 8)]
                ^ table[0x100 + (byte)(high >> 16)] ^ table[(byte)(high >> 24)];
        }

        foreach (var value in data) crc = table[(byte)(crc ^ value)] ^ crc >> 8;
        inverted = ~crc;
    }

    private static uint[] BuildTable()
    {
        const uint polynomial = 0xEDB88320;
        var table = new uint[Slices * 256];
        for (var index = 0u; index < 256; index++)
        {
            var crc = index;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ polynomial : crc >> 1;
            table[index] = crc;
        }

        for (var index = 256; index < table.Length; index++)
            table[index] = table[index - 256] >> 8 ^ table[(byte)table[index - 256]];
        return table;
    }
}
