using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Isobar.Telemetry.Batching;

/// <summary>
/// Numbers, filters, collects and compresses lines for the shipper, in bounded memory. Time is an argument; nothing
/// here waits or sends.
/// </summary>
/// <remarks>
/// A line gets its number when it is added. Dropped lines therefore leave a gap, and the line that reports them has the
/// first and last number of the gap.
/// </remarks>
internal sealed class LineBuffer(string environmentId, Level? leastLevel, LineBufferLimits limits)
{
    private readonly Queue<SealedBatch> waiting = [];
    private readonly byte[] lastDelivery = new byte[SHA256.HashSizeInBytes];
    private readonly ArrayBufferWriter<byte> open = new(limits.BatchBytes / 4);
    private long openFirst;
    private int openLines;
    private long next = 1;
    private long waitingBytes;
    private long droppedLines;
    private long firstDropped;
    private long lastDropped;

    /// <summary>Whether lines should be sent now, without waiting for a full batch.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Lines that are neither shipped nor dropped, without the batch that is being shipped.</summary>
    public int HeldLines => openLines + waiting.Sum(batch => batch.Lines);

    /// <summary>Adds one delivery of the Telemetry API: a JSON array of events.</summary>
    /// <exception cref="JsonException">The delivery is not a JSON array; nothing was added.</exception>
    /// <remarks>
    /// The platform repeats a delivery that was not acknowledged in time; a repetition in a row is ignored.
    /// </remarks>
    public void Take(ReadOnlyMemory<byte> delivery, DateTimeOffset now)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(delivery.Span, hash);
        if (hash.SequenceEqual(lastDelivery)) return;
        using var document = JsonDocument.Parse(delivery);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new JsonException("The delivery is not a JSON array.");
        hash.CopyTo(lastDelivery);
        foreach (var happened in document.RootElement.EnumerateArray()) Take(happened, now);
    }

    /// <summary>Makes all lines due, however few there are.</summary>
    public void Flush() => IsDue = true;

    /// <summary>The next batch to send: the oldest sealed one, or the collected lines if they are due.</summary>
    public SealedBatch? Next(DateTimeOffset now)
    {
        if (waiting.Count == 0)
        {
            if (!IsDue) return null;
            Seal(now);
        }

        if (!waiting.TryDequeue(out var batch))
        {
            IsDue = false;
            return null;
        }

        waitingBytes -= batch.Content.Length;
        return batch;
    }

    /// <summary>Notes that a batch was shipped, and adds a line that reports dropped lines, if any.</summary>
    public void Shipped(DateTimeOffset now)
    {
        if (droppedLines == 0) return;
        var (lines, first, last) = (droppedLines, firstDropped, lastDropped);
        droppedLines = 0;
        Write(now, writer =>
        {
            writer.WriteString("time", Instant(now));
            writer.WriteString("type", "telemetry.dropped");
            writer.WriteStartObject("record");
            writer.WriteNumber("droppedLines", lines);
            writer.WriteNumber("firstSequence", first);
            writer.WriteNumber("lastSequence", last);
            writer.WriteEndObject();
        });
        IsDue = true;
    }

    private void Take(JsonElement happened, DateTimeOffset now)
    {
        var type = happened.TryGetProperty("type", out var named) ? named.GetString() : null;
        if (type == "function" && leastLevel is { } least && happened.TryGetProperty("record", out var record)
            && Levels.Of(record) < least)
            return;
        Write(now, writer =>
        {
            foreach (var member in happened.EnumerateObject()) member.WriteTo(writer);
        });
        if (type == "platform.runtimeDone") IsDue = true;
    }

    private void Write(DateTimeOffset now, Action<Utf8JsonWriter> writeMembers)
    {
        if (openLines == 0) openFirst = next;
        using (var writer = new Utf8JsonWriter(open))
        {
            writer.WriteStartObject();
            writer.WriteString("environment", environmentId);
            writer.WriteNumber("sequence", next);
            writeMembers(writer);
            writer.WriteEndObject();
        }

        open.Write("\n"u8);
        next++;
        openLines++;
        if (open.WrittenCount >= limits.BatchBytes) Seal(now);
    }

    private void Seal(DateTimeOffset now)
    {
        if (openLines == 0) return;
        using var compressed = new MemoryStream(open.WrittenCount / 4);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(open.WrittenSpan);
        waiting.Enqueue(new SealedBatch(openFirst, openLines, now, compressed.ToArray()));
        waitingBytes += compressed.Length;
        open.ResetWrittenCount();
        openLines = 0;
        while (waiting.Count > 1 && (waitingBytes > limits.SealedBytes || waiting.Count > limits.SealedBatches))
            Drop(waiting.Dequeue());
    }

    private void Drop(SealedBatch batch)
    {
        waitingBytes -= batch.Content.Length;
        if (droppedLines == 0) firstDropped = batch.FirstSequence;
        droppedLines += batch.Lines;
        lastDropped = batch.FirstSequence + batch.Lines - 1;
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
