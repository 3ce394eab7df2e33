using System.Buffers;
using System.Text.Json;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Messages on their way into one invocation: closes on count or on the size of the event.</summary>
/// <param name="batchSize">1 to 10,000 messages.</param>
internal sealed class MessageBatch(int batchSize)
{
    private static readonly int FrameBytes = """{"Records":[]}""".Length;

    private readonly List<SourceRecord> messages = [];
    private long bytes = FrameBytes;

    public IReadOnlyList<SourceRecord> Messages => messages;

    /// <summary>When the first of its messages was received, in service time.</summary>
    public DateTimeOffset FirstReceived { get; private set; }

    public int Room => batchSize - messages.Count;

    /// <summary>
    /// Adds a message unless the batch is full or the event would be larger than an invocation takes.
    /// </summary>
    /// <remarks>A message that is too large on its own is still taken alone: the invocation refuses it.</remarks>
    public bool TryAdd(SourceRecord message, DateTimeOffset received)
    {
        var comma = messages.Count > 0 ? 1 : 0;
        if (Room == 0) return false;
        if (messages.Count > 0
            && bytes + comma + message.EventRecord.Length > LambdaLimits.MaxSynchronousPayloadBytes) return false;
        if (messages.Count == 0) FirstReceived = received;
        bytes += comma + message.EventRecord.Length;
        messages.Add(message);
        return true;
    }

    /// <summary>The invocation's event, <c>{"Records":[…]}</c>.</summary>
    public ReadOnlyMemory<byte> ToEvent()
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(bytes, Array.MaxLength));
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records"u8);
            foreach (var message in messages) json.WriteRawValue(message.EventRecord.Span, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
