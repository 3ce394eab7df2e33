using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Batching;

/// <summary>
/// JSON Lines, compressed with gzip: each line is the event as it came, with <c>environment</c> and <c>sequence</c> in
/// front.
/// </summary>
internal sealed class JsonLinesFormat(string environmentId, int capacity) : IBatchFormat
{
    private readonly byte[] prefix = Prefix(environmentId);
    private readonly ArrayBufferWriter<byte> open = new(capacity);
    private int lines;

    public int OpenBytes => open.WrittenCount;

    public void Add(in Line line)
    {
        open.Write(prefix);
        var number = open.GetSpan(20);
        Utf8Formatter.TryFormat(line.Sequence, number, out var digits);
        open.Advance(digits);

        // A copy of the bytes is exact, also of numbers and escapes that would be written in another way.
        var members = JsonMarshal.GetRawUtf8Value(line.Event)[1..].TrimStart(" \t\r\n"u8);
        if (members[0] != '}') open.Write(","u8);
        var copy = open.GetSpan(members.Length)[..members.Length];
        members.CopyTo(copy);
        // A line break can only be between two members, where a space means the same.
        copy.Replace((byte)'\n', (byte)' ');
        copy.Replace((byte)'\r', (byte)' ');
        open.Advance(members.Length);
        open.Write("\n"u8);
        lines++;
    }

    // Of every line the same, up to its number: the start of an object that is never ended here.
    private static byte[] Prefix(string environmentId)
    {
        var start = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(start);
        json.WriteStartObject();
        json.WriteString("environment", environmentId);
        json.WritePropertyName("sequence");
        json.Flush();
        return start.WrittenSpan.ToArray();
    }

    public IReadOnlyList<BatchContent> Close()
    {
        if (lines == 0) return [];
        var content = new BatchContent("lines", lines, 0, Compression.Gzip(open.WrittenSpan));
        open.ResetWrittenCount();
        lines = 0;
        return [content];
    }
}
