namespace Isobar.Telemetry.Batching;

/// <summary>What a destination has not got and will not get.</summary>
/// <param name="Destination">In a few words, such as <c>the bucket</c>.</param>
/// <param name="Lines">
/// Dropped here: the memory for what waits was full, or the destination refused them for good.
/// </param>
/// <param name="FirstSequence">Of the dropped lines.</param>
/// <param name="LastSequence">Likewise.</param>
/// <param name="Spans">Dropped likewise.</param>
/// <param name="RejectedLines">Sent, and rejected by the destination while it took others of the same request.</param>
/// <param name="RejectedSpans">Likewise.</param>
internal sealed record Loss(
    string Destination, long Lines, long FirstSequence, long LastSequence, long Spans, long RejectedLines,
    long RejectedSpans)
{
    public bool IsNone => Lines + Spans + RejectedLines + RejectedSpans == 0;

    public static Loss None(string destination) => new(destination, 0, 0, 0, 0, 0, 0);

    public Loss Drop(SealedBatch batch) => this with
    {
        Lines = Lines + batch.Lines,
        FirstSequence = Lines == 0 && batch.Lines > 0 ? batch.FirstSequence : FirstSequence,
        LastSequence = batch.Lines > 0 ? batch.FirstSequence + batch.Lines - 1 : LastSequence,
        Spans = Spans + batch.Body.Spans,
    };

    public Loss Reject(SealedBatch batch, long items) => batch.Lines > 0
        ? this with { RejectedLines = RejectedLines + items }
        : this with { RejectedSpans = RejectedSpans + items };
}
