using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Isobar.Telemetry.Otlp;

/// <summary>
/// Writes Protocol Buffers messages into one buffer, which is taken from the shared pool and kept from message to
/// message.
/// </summary>
/// <remarks>
/// Source: protobuf.dev, "Encoding". A nested message stands behind its length, which is known when it ends: one byte
/// is left for it, and what was written moves up if it needs more. So every length has its shortest form.
/// </remarks>
internal sealed class ProtobufWriter(int capacity) : IDisposable
{
    private const int Varint = 0, Fixed64Bits = 1, Delimited = 2, Fixed32Bits = 5;
    private const int LongestVarint = 10;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Begins a nested message.</summary>
    /// <returns>What <see cref="End"/> needs.</returns>
    public int Begin(int field)
    {
        Tag(field, Delimited);
        Room(1);
        return ++Length;
    }

    /// <summary>Ends the message that was begun last and is not ended.</summary>
    public void End(int begun)
    {
        var length = Length - begun;
        var more = VarintBytes((ulong)length) - 1;
        if (more > 0)
        {
            Room(more);
            buffer.AsSpan(begun, length).CopyTo(buffer.AsSpan(begun + more));
        }

        Length = begun - 1;
        Raw((ulong)length);
        Length += length;
    }

    public void Number(int field, ulong value)
    {
        Tag(field, Varint);
        Raw(value);
    }

    public void Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public void Fixed64(int field, ulong value)
    {
        Tag(field, Fixed64Bits);
        BinaryPrimitives.WriteUInt64LittleEndian(Next(sizeof(ulong)), value);
    }

    public void Fixed32(int field, uint value)
    {
        Tag(field, Fixed32Bits);
        BinaryPrimitives.WriteUInt32LittleEndian(Next(sizeof(uint)), value);
    }

    public void Text(int field, ReadOnlySpan<char> text)
    {
        Tag(field, Delimited);
        var length = Encoding.UTF8.GetByteCount(text);
        Raw((ulong)length);
        Encoding.UTF8.GetBytes(text, Next(length));
    }

    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, Delimited);
        Raw((ulong)bytes.Length);
        bytes.CopyTo(Next(bytes.Length));
    }

    /// <summary>Writes the string or the member's name that the reader stands on.</summary>
    public void Text(int field, ref Utf8JsonReader reader)
    {
        var escaped = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            Bytes(field, escaped);
            return;
        }

        var begun = Begin(field);
        // What is not escaped any more is no longer than it was.
        Room(escaped.Length);
        try
        {
            Length += reader.CopyString(buffer.AsSpan(Length, escaped.Length));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is valid JSON and no text: it stays escaped.
            escaped.CopyTo(Next(escaped.Length));
        }

        End(begun);
    }

    /// <summary>A trace id: 16 bytes, the most significant one in front.</summary>
    public void TraceId(int field, UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        Bytes(field, bytes);
    }

    /// <summary>A span's id: 8 bytes, the most significant one in front.</summary>
    public void SpanId(int field, ulong id)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        Bytes(field, bytes);
    }

    private void Tag(int field, int type) => Raw((ulong)(field << 3 | type));

    private void Raw(ulong value)
    {
        Room(LongestVarint);
        while (value >= 0x80)
        {
            buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[Length++] = (byte)value;
    }

    private static int VarintBytes(ulong value)
    {
        var bytes = 1;
        while ((value >>= 7) != 0) bytes++;
        return bytes;
    }

    private Span<byte> Next(int length)
    {
        Room(length);
        Length += length;
        return buffer.AsSpan(Length - length, length);
    }

    private void Room(int more)
    {
        if (buffer.Length - Length >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, Length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
