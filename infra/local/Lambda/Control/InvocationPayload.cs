using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The body of an Invoke request, in a rented buffer.</summary>
internal sealed class InvocationPayload
{
    /// <summary>What a function is given when the caller sends nothing.</summary>
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly byte[] buffer;
    private readonly int length;

    private InvocationPayload(byte[] buffer, int length)
    {
        this.buffer = buffer;
        this.length = length;
    }

    public ReadOnlyMemory<byte> Bytes => length == 0 ? EmptyObject : buffer.AsMemory(0, length);

    /// <summary>
    /// Gives the buffer back. Only when nobody can read it any more: it will hold another payload soon.
    /// </summary>
    public void Return() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Reads the body and checks that it is one JSON value.</summary>
    /// <param name="limit">The most bytes that this invocation type takes.</param>
    /// <exception cref="AwsException">
    /// RequestTooLargeException; InvalidRequestContentException: it is not JSON in UTF-8.
    /// </exception>
    public static async ValueTask<InvocationPayload> ReadAsync(HttpContext http, string invocationType, int limit)
    {
        if (http.Request.ContentLength > limit)
            throw LambdaErrors.RequestTooLarge(http.Request.ContentLength.Value, invocationType, limit);
        var payload = http.Request.ContentLength is { } known
            ? await ReadKnownAsync(http, (int)known)
            : await ReadChunkedAsync(http, invocationType, limit);
        if (payload.length == 0) return payload;
        try
        {
            Validate(payload.buffer.AsSpan(0, payload.length));
            return payload;
        }
        catch (AwsException)
        {
            payload.Return();
            throw;
        }
    }

    /// <summary>Checks that bytes are one JSON value in UTF-8.</summary>
    /// <exception cref="AwsException">InvalidRequestContentException, with AWS's beginning of the text.</exception>
    public static void Validate(ReadOnlySpan<byte> json)
    {
        // The reader passes over the inside of strings, so their encoding is checked apart.
        if (!Utf8.IsValid(json)) throw LambdaErrors.InvalidPayload(InvalidByte(json));
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = LambdaLimits.MaxJsonDepth });
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw LambdaErrors.InvalidPayload(
                "Unexpected input" + Source((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1));
        }
    }

    private static async ValueTask<InvocationPayload> ReadKnownAsync(HttpContext http, int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (length > 0) await http.Request.Body.ReadExactlyAsync(buffer.AsMemory(0, length), http.RequestAborted);
            return new InvocationPayload(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static async ValueTask<InvocationPayload> ReadChunkedAsync(
        HttpContext http, string invocationType, int limit)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1_024);
        var length = 0;
        try
        {
            while (await http.Request.Body.ReadAsync(buffer.AsMemory(length), http.RequestAborted) is var read and > 0)
            {
                length += read;
                if (length > limit) throw LambdaErrors.RequestTooLarge(length, invocationType, limit);
                if (length < buffer.Length) continue;
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            return new InvocationPayload(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    // Recorded: where the value should begin, a byte of Latin-1's second set of control characters is taken for one;
    // anywhere else the byte is named after it was read, so that the column is the one behind it.
    private static string InvalidByte(ReadOnlySpan<byte> json)
    {
        Span<char> sink = new char[json.Length];
        Utf8.ToUtf16(json, sink, out var position, out _, replaceInvalidSequences: false);
        var line = 1 + json[..position].Count((byte)'\n');
        var column = position - json[..position].LastIndexOf((byte)'\n');
        return json[position] is >= 0x80 and < 0xA0 && json[..position].Trim(" \t\r\n"u8).IsEmpty
            ? $"Unexpected character ((CTRL-CHAR, code {json[position]})): expected a valid value (JSON String, "
                + $"Number, Array, Object or token 'null', 'true' or 'false'){Source(line, column)}"
            : $"Invalid UTF-8 start byte 0x{json[position]:x2}" + Source(line, column + 1);
    }

    private static string Source(long line, long column) => "\n at [Source: REDACTED "
        + $"(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {line}, column: {column}]";
}
