using Isobar.Local.History;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Notifications;

/// <summary>Offers events to their targets and tells the state how it went.</summary>
internal sealed class DeliveryWorkers(S3Store store, ServiceDirectory directory, Journal journal, int count)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task[] workers = [];

    public void Start() => workers = [.. Enumerable.Range(0, count).Select(_ => Task.Run(WorkAsync))];

    public async ValueTask DisposeAsync()
    {
        store.Post((state, _) => state.Deliveries.Close());
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await store.Ask((state, _) => state.Deliveries.Take()) is { } delivery)
        {
            var happened = delivery.Event;
            if (await OfferAsync(happened) is not { } reason)
            {
                journal.Record(new EventDelivered(
                    happened.Rule.Target, happened.EventName, happened.Bucket, happened.Version.Key,
                        delivery.Attempts));
                store.Post((state, _) => state.Deliveries.Delivered(delivery));
                continue;
            }

            var work = delivery.Work;
            var next = store.Ask((state, now) => state.Deliveries.Failed(delivery, now));
            journal.Record(next is { } due
                ? new EventDeliveryFailed(happened.Rule.Target, happened.Bucket, happened.Version.Key, reason, due)
                : new EventDropped(happened.Rule.Target, happened.Bucket, happened.Version.Key, reason));
            work?.Dispose();
        }
    }

    // Null when the target has taken the event, or why it has not. Whatever a target throws is its refusal.
    private async Task<string?> OfferAsync(ObjectEvent happened)
    {
        try
        {
            if (Arn.TryParse(happened.Rule.Target) is not { } arn || directory.Find<ITarget>(arn) is not { } target)
                return "The target does not exist.";
            await target.DeliverAsync(arn, happened.ToJson(), stop.Token);
            return null;
        }
        catch (AwsException e)
        {
            return $"{e.Code}: {e.Message}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }
}
