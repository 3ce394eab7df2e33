using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>Offers events to targets until they take them, in the service's own rhythm of attempts.</summary>
internal sealed class Deliveries : IAsyncDisposable
{
    private readonly Monitor<OutgoingQueue, OutgoingEffect> queue;
    private readonly DeliveryAttempts attempts;

    /// <param name="name">Names the timer of the next attempt.</param>
    /// <param name="queue">Owned from now on.</param>
    public Deliveries(
        string name, OutgoingQueue queue, ServiceDirectory directory, ServiceClock clock, Journal journal)
    {
        attempts = new DeliveryAttempts(directory, journal, message => this.queue!.Post(message));
        this.queue = new Monitor<OutgoingQueue, OutgoingEffect>(name, queue, clock, attempts.Perform);
    }

    public int Pending => queue.Ask((state, _) => state.Pending);

    /// <summary>Takes all deliveries, or none when there is no room for them.</summary>
    public bool TryAdd(IReadOnlyCollection<OutgoingDelivery> deliveries) =>
        deliveries.Count == 0 || queue.Ask((state, _) => state.TryAdd(deliveries));

    public async ValueTask DisposeAsync()
    {
        await attempts.DisposeAsync();
        queue.Dispose();
    }
}
