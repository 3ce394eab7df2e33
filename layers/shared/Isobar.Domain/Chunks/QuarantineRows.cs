using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Isobar.Domain;

/// <summary>
/// Malformed and flagged rows as lines of JSON: <c>offset</c> in the content, <c>line</c> within the chunk, from 1,
/// <c>reason</c>, and the row's first 4,096 bytes as <c>raw</c>, or as <c>rawBase64</c> when they are not UTF-8
/// (as kept: a cut through a character counts).
/// </summary>
internal sealed class QuarantineRows(IBufferWriter<byte> output) : IDisposable
{
    private static readonly JsonEncodedText Offset = JsonEncodedText.Encode("offset");
    private static readonly JsonEncodedText LineNumber = JsonEncodedText.Encode("line");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText Raw = JsonEncodedText.Encode("raw");
    private static readonly JsonEncodedText RawBase64 = JsonEncodedText.Encode("rawBase64");

    private static readonly JsonEncodedText[] RuleReasons =
        Enum.GetValues<RowRule>().Select(rule => JsonEncodedText.Encode(rule.Reason())).ToArray();

    // One writer for all rows; every line of it is valid by construction.
    private readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { SkipValidation = true });

    public void WriteMalformed(ReadOnlySpan<byte> row, long offset, long line, RowRule rule)
    {
        Begin(offset, line);
        json.WriteString(Reason, RuleReasons[(int)rule]);
        End(row);
    }

    public void WriteFlagged(ReadOnlySpan<byte> row, long offset, long line, Flag quality)
    {
        Span<byte> reason = stackalloc byte[16];
        "quality:"u8.CopyTo(reason);
        var length = 8 + quality.Character.EncodeToUtf8(reason[8..]);
        Begin(offset, line);
        json.WriteString(Reason, reason[..length]);
        End(row);
    }

    public void Dispose() => json.Dispose();

    private void Begin(long offset, long line)
    {
        json.WriteStartObject();
        json.WriteNumber(Offset, offset);
        json.WriteNumber(LineNumber, line);
    }

    private void End(ReadOnlySpan<byte> row)
    {
        if (Utf8.IsValid(row)) json.WriteString(Raw, row);
        else json.WriteBase64String(RawBase64, row);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.Write("\n"u8);
    }
}
