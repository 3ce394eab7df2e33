using Isobar.Telemetry.Batching;

namespace Isobar.Telemetry.Shipping;

/// <summary>What a destination answered.</summary>
internal enum Outcome
{
    /// <summary>It has the batch.</summary>
    Taken,

    /// <summary>It may have it if it is sent once more.</summary>
    TryAgain,

    /// <summary>It will never take it.</summary>
    Refused,
}

/// <summary>A destination's answer to a batch.</summary>
/// <param name="Reason">Why it has not taken all of it, in a few words.</param>
/// <param name="RetryAfter">How long it wants to be left alone; null if it does not say.</param>
/// <param name="Rejected">Items of a batch that it took otherwise.</param>
internal sealed record Answer(Outcome Outcome, string? Reason = null, TimeSpan? RetryAfter = null, long Rejected = 0)
{
    public static Answer Taken { get; } = new(Outcome.Taken);
}

/// <summary>Where batches are shipped to.</summary>
internal interface IDestination
{
    /// <summary>In a few words, for log lines: <c>the bucket</c>.</summary>
    string Name { get; }

    /// <summary>Timeout of one attempt.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Sends a batch; a repetition does no harm.</summary>
    Task<Answer> SendAsync(SealedBatch batch, CancellationToken cancellationToken);
}
