using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Isobar.Telemetry.Batching;

/// <summary>
/// The lines between the listener and the object store: numbered, filtered, gathered and compressed, within bounds.
/// Time is an argument; it neither waits nor sends.
/// </summary>
/// <remarks>
/// A line has its number from the moment it is taken, so what is dropped leaves a gap, and the line that reports the
/// drop says how long the gap is.
/// </remarks>
internal sealed class Spool(string environmentId, Level? leastLevel, SpoolLimits limits)
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

    /// <summary>Something is to be sent now and not when more has come.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Lines that are neither shipped nor dropped, those being shipped not included.</summary>
    public int HeldLines => openLines + waiting.Sum(batch => batch.Lines);

    /// <summary>Takes one delivery of the platform's: a JSON array of events.</summary>
    /// <exception cref="JsonException">It is not one; nothing of it was taken.</exception>
    /// <remarks>A delivery that comes twice in a row was not acknowledged in time the first time: taken once.</remarks>
    public void Take(ReadOnlyMemory<byte> delivery, DateTimeOffset now)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(delivery.Span, hash);
        if (hash.SequenceEqual(lastDelivery)) return;
        using var document = JsonDocument.Parse(delivery);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new JsonException("not an array");
        hash.CopyTo(lastDelivery);
        foreach (var happened in document.RootElement.EnumerateArray()) Take(happened, now);
    }

    /// <summary>Everything is to be sent, however little there is.</summary>
    public void Flush() => IsWanted = true;

    /// <summary>The next batch to send: the oldest that waits, else what has gathered if it is wanted.</summary>
    public SealedBatch? Next(DateTimeOffset now)
    {
        if (waiting.Count == 0)
        {
            if (!IsWanted) return null;
            Seal(now);
        }

        if (!waiting.TryDequeue(out var batch))
        {
            IsWanted = false;
            return null;
        }

        waitingBytes -= batch.Content.Length;
        return batch;
    }

    /// <summary>The destination takes batches: whatever was dropped before is told now.</summary>
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
        IsWanted = true;
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
        if (type == "platform.runtimeDone") IsWanted = true;
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
