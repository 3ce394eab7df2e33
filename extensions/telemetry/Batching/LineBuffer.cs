using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Batching;

/// <summary>
/// Collects lines for one destination, and keeps the batches that wait for it, in bounded memory. Time is an argument;
/// nothing here waits or sends.
/// </summary>
/// <param name="destination">In a few words, such as <c>the bucket</c>.</param>
internal sealed class LineBuffer(string destination, IBatchFormat format, LineBufferLimits limits)
{
    /// <summary>At most so often a log line says that lines are dropped.</summary>
    public static readonly TimeSpan NoticePause = TimeSpan.FromSeconds(10);

    private readonly Queue<SealedBatch> waiting = [];
    private long openFirst;
    private int openLines;
    private long waitingBytes;
    private Loss untold = Loss.None(destination);
    private long droppedEver;
    private DateTimeOffset noticed = DateTimeOffset.MinValue;
    private string? notice;

    /// <summary>Whether lines should be sent now, without waiting for a full batch.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Lines that are neither shipped nor dropped, without the batch that is being shipped.</summary>
    public int HeldLines => openLines + waiting.Sum(batch => batch.Lines);

    /// <summary>Adds a line; if the batch is full then, it is sealed.</summary>
    public void Add(in Line line, DateTimeOffset now)
    {
        if (openLines++ == 0) openFirst = line.Sequence;
        format.Add(line);
        if (format.OpenBytes >= limits.BatchBytes) Seal(now);
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
            IsDue = false;
        }

        if (!waiting.TryDequeue(out var batch)) return null;
        waitingBytes -= batch.Content.Length;
        return batch;
    }

    /// <summary>Notes that the destination has a batch.</summary>
    /// <param name="rejected">Items of it that the destination has not taken.</param>
    /// <returns>What was lost since the last time, to be told in a line; it counts as told.</returns>
    public Loss Shipped(SealedBatch batch, long rejected)
    {
        if (rejected > 0) untold = untold.Reject(batch, rejected);
        var told = untold;
        untold = Loss.None(destination);
        // Not for rejected ones: the line that tells of them could be rejected as well, without end.
        if (told.Lines + told.Spans > 0) IsDue = true;
        return told;
    }

    /// <summary>Notes that the destination refused a batch for good.</summary>
    /// <returns>
    /// What was lost since the last time, to be told in a line; it counts as told. The line waits here for others: sent
    /// by itself it could be refused as well, without end.
    /// </returns>
    public Loss Refused(SealedBatch batch)
    {
        var told = untold.Drop(batch);
        untold = Loss.None(destination);
        return told;
    }

    /// <summary>A log line about dropped lines, if one is due.</summary>
    public string? TakeNotice()
    {
        var taken = notice;
        notice = null;
        return taken;
    }

    private void Seal(DateTimeOffset now)
    {
        if (openLines == 0) return;
        foreach (var content in format.Close())
        {
            waiting.Enqueue(new SealedBatch(openFirst, now, content));
            waitingBytes += content.Bytes.Length;
        }

        openLines = 0;
        while (waiting.Count > 1 && (waitingBytes > limits.SealedBytes || waiting.Count > limits.SealedBatches))
            Drop(waiting.Dequeue(), now);
    }

    private void Drop(SealedBatch batch, DateTimeOffset now)
    {
        waitingBytes -= batch.Content.Length;
        untold = untold.Drop(batch);
        droppedEver += batch.Lines;
        if (now - noticed < NoticePause) return;
        noticed = now;
        notice = $"lines for {destination} are dropped, the oldest first, because too many wait: {droppedEver} so far";
    }
}
