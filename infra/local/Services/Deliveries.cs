using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>Offers events to targets until they take them, in the service's own rhythm of attempts.</summary>
internal sealed class Deliveries : IAsyncDisposable
{
    private const int Workers = 4;

    private readonly CancellationTokenSource stop = new();
    private readonly Monitor<OutgoingQueue> queue;
    private readonly ServiceDirectory directory;
    private readonly Journal journal;
    private readonly Task[] workers;

    /// <param name="name">Names the timer of the next attempt.</param>
    /// <param name="queue">Owned from now on.</param>
    public Deliveries(
        string name, OutgoingQueue queue, ServiceDirectory directory, ServiceClock clock, Journal journal)
    {
        this.queue = new Monitor<OutgoingQueue>(name, queue, clock);
        this.directory = directory;
        this.journal = journal;
        workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync))];
    }

    public int Pending => queue.Ask((state, _) => state.Pending);

    /// <summary>Takes all deliveries, or none when there is no room for them.</summary>
    public bool TryAdd(IReadOnlyCollection<OutgoingDelivery> deliveries) =>
        deliveries.Count == 0 || queue.Ask((state, _) => state.TryAdd(deliveries));

    public async ValueTask DisposeAsync()
    {
        queue.Post((state, _) => state.Close());
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        queue.Dispose();
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await queue.Ask((state, _) => state.Take()) is { } delivery)
        {
            var target = delivery.Target.ToString();
            if (await OfferAsync(delivery.Target, delivery.Event) is not { } failure)
            {
                journal.Record(
                    new DeliverySucceeded(delivery.Owner, delivery.EventId, target, delivery.Attempts));
                queue.Post((state, _) => state.End(delivery));
                continue;
            }

            var reason = $"{failure.Code}: {failure.Message}";
            var work = delivery.Work;
            if (queue.Ask((state, now) => state.Failed(delivery, failure, now)) is { } due)
            {
                journal.Record(new DeliveryFailed(delivery.Owner, delivery.EventId, target, reason, due));
                work?.Dispose();
                continue;
            }

            var heir = await BequeathAsync(delivery, failure);
            journal.Record(new DeliveryGivenUp(
                delivery.Owner, delivery.EventId, target, reason, delivery.Attempts, heir?.ToString()));
            delivery.GivenUp(failure);
            queue.Post((state, _) => state.End(delivery));
        }
    }

    private async Task<Arn?> BequeathAsync(OutgoingDelivery delivery, DeliveryFailure failure) =>
        delivery.DeadLetter(failure) is { } letter && await OfferAsync(letter.Queue, letter.Event) is null
            ? letter.Queue
            : null;

    // Null when the target has taken the event. Whatever a target throws is its refusal.
    private async Task<DeliveryFailure?> OfferAsync(Arn resource, TargetEvent happened)
    {
        try
        {
            if (directory.Find<ITarget>(resource) is not { } target)
                return new DeliveryFailure("ResourceNotFound", "The target does not exist.", IsLasting: true);
            await target.DeliverAsync(resource, happened, stop.Token);
            return null;
        }
        catch (AwsException e)
        {
            // 403 and 429 are limits and throttles: they pass.
            return new DeliveryFailure(e.Code, e.Message, e.Status is >= 400 and < 500 and not (403 or 429));
        }
        catch (Exception e)
        {
            return new DeliveryFailure(e.GetType().Name, e.ToString(), IsLasting: false);
        }
    }
}
