using System.Text;

namespace Isobar.Telemetry.Otlp;

/// <summary>Reads an export response: what of a request that was taken was rejected.</summary>
/// <remarks>
/// Source: opentelemetry-proto, <c>logs_service.proto</c> and <c>trace_service.proto</c>: partial_success is field 1,
/// in it the number of rejected items is field 1 and the message field 2, for both signals.
/// </remarks>
internal static class PartialSuccess
{
    /// <summary>Bytes of a message that are read: it goes to the log.</summary>
    public const int MaxMessageBytes = 200;

    private const int Partial = 1, Rejected = 1, Message = 2;

    /// <returns>Nothing rejected, if the body is not such a response.</returns>
    public static (long Rejected, string Message) Read(ReadOnlySpan<byte> body)
    {
        var result = (Rejected: 0L, Message: "");
        while (Field(ref body, out var field, out var content, out _))
        {
            if (field != Partial) continue;
            while (Field(ref content, out var inner, out var text, out var number))
            {
                if (inner == Rejected) result.Rejected = (long)Math.Min(number, long.MaxValue);
                if (inner == Message) result.Message = Line(text);
            }
        }

        return result;
    }

    // One line: the receiver's text must not look like another log message.
    private static string Line(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxMessageBytes)]).ReplaceLineEndings(" ");

    /// <summary>Reads one field, of any type.</summary>
    /// <returns>False at the end, and if what follows is not a field.</returns>
    private static bool Field(
        ref ReadOnlySpan<byte> rest, out int field, out ReadOnlySpan<byte> content, out ulong number)
    {
        field = 0;
        content = default;
        number = 0;
        if (rest.IsEmpty || !Varint(ref rest, out var tag)) return false;
        field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                return Varint(ref rest, out number);
            case 1:
                return Skip(ref rest, 8, out content);
            case 2:
                return Varint(ref rest, out var length) && length <= (ulong)rest.Length
                    && Skip(ref rest, (int)length, out content);
            case 5:
                return Skip(ref rest, 4, out content);
            default:
                return false;
        }
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, int length, out ReadOnlySpan<byte> skipped)
    {
        skipped = default;
        if (rest.Length < length) return false;
        skipped = rest[..length];
        rest = rest[length..];
        return true;
    }

    private static bool Varint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (var i = 0; i < rest.Length && i < 10; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] >= 0x80) continue;
            rest = rest[(i + 1)..];
            return true;
        }

        return false;
    }
}
