using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Services.Sqs;

/// <summary>Text of a message, kept as the UTF-8 that came in and goes out, never as UTF-16.</summary>
[JsonConverter(typeof(Utf8TextConverter))]
internal readonly record struct Utf8Text(ReadOnlyMemory<byte> Bytes)
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(value => value is not (0x9 or 0xA or 0xD)).Select(value => (byte)value)]);

    /// <summary>Whether SQS takes every character: XML 1.0's, without most control characters.</summary>
    /// <remarks>Source: Amazon SQS API Reference, SendMessage, MessageBody.</remarks>
    public bool IsAllowed
    {
        get
        {
            var bytes = Bytes.Span;
            return bytes.IndexOfAny(Forbidden) < 0
                && bytes.IndexOf("\uFFFE"u8) < 0
                && bytes.IndexOf("\uFFFF"u8) < 0;
        }
    }
}

internal sealed class Utf8TextConverter : JsonConverter<Utf8Text>
{
    public override Utf8Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        var length = reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;
        // Unescaped text is never longer than escaped text.
        var bytes = new byte[length];
        var written = reader.CopyString(bytes);
        return new Utf8Text(written == length ? bytes : bytes.AsMemory(0, written).ToArray());
    }

    public override void Write(Utf8JsonWriter writer, Utf8Text value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Bytes.Span);
}
