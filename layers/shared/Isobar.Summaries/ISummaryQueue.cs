namespace Isobar.Summaries;

/// <summary>Sends to the summaries queue, which is FIFO.</summary>
public interface ISummaryQueue
{
    /// <summary>Sends every message, at least once.</summary>
    Task SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken);
}
