namespace Isobar.Local.Lambda.Telemetry;

/// <summary>Events that are delivered together.</summary>
/// <param name="Events">Each one's JSON, in order.</param>
/// <param name="Bytes">Of the events, without what an array puts between them.</param>
/// <param name="ReportedRecords">How many lost records its <c>platform.logsDropped</c> tells of.</param>
internal sealed record Batch(
    IReadOnlyList<ReadOnlyMemory<byte>> Events, long Bytes, long ReportedRecords, long ReportedBytes)
{
    /// <summary>Events that are lost when the batch is; a report of earlier losses is none.</summary>
    public int Records => Events.Count - (ReportedRecords > 0 ? 1 : 0);

    /// <summary>The request's body: a JSON array.</summary>
    public byte[] ToJsonArray()
    {
        var array = new byte[Events.Sum(happened => happened.Length) + Events.Count + 1];
        var at = 0;
        foreach (var happened in Events)
        {
            array[at] = at == 0 ? (byte)'[' : (byte)',';
            happened.Span.CopyTo(array.AsSpan(at + 1));
            at += happened.Length + 1;
        }

        array[at] = (byte)']';
        return array;
    }
}

/// <summary>One try to deliver a batch.</summary>
internal sealed class Attempt(Batch batch, int number)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Batch Batch { get; } = batch;

    /// <summary>From 1.</summary>
    public int Number { get; } = number;

    /// <summary>Completes when the answer has taken too long, or the subscriber is gone.</summary>
    public Task GivenUp => over.Task;

    public void GiveUp() => over.TrySetResult();
}
