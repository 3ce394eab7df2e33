using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>Performs what an <see cref="OutgoingQueue"/> decides: each attempt takes the effect's lease over.</summary>
/// <param name="post">Sends a message to the queue's monitor.</param>
internal sealed class DeliveryAttempts(
    ServiceDirectory directory, Journal journal, Action<Action<OutgoingQueue, DateTimeOffset>> post) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Perform(OutgoingEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case OfferEvent offer:
                Begin(OfferAsync, offer, lease);
                break;
            case GiveUp giveUp:
                Begin(GiveUpAsync, giveUp, lease);
                break;
            case ReportDelivery report:
                journal.Record(report.Fact);
                break;
            case ReportClosed:
                closed.TrySetResult();
                break;
        }
    }

    /// <summary>Begins no more attempts, cancels those under way and waits until they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        post((queue, _) => queue.Close());
        await stop.CancelAsync();
        await closed.Task;
        stop.Dispose();
    }

    // What a target throws is its refusal; anything else that is thrown here is a defect, and ends the host.
    private static void Begin<TEffect>(Func<TEffect, Task> attempt, TEffect effect, Activity.Lease lease) =>
        ThreadPool.UnsafeQueueUserWorkItem(static async work =>
        {
            using (work.Lease) await work.Attempt(work.Effect);
        }, (Attempt: attempt, Effect: effect, Lease: lease.TakeOver()), preferLocal: false);

    private async Task OfferAsync(OfferEvent offer)
    {
        var delivery = offer.Delivery;
        var failure = await OfferAsync(delivery.Target, delivery.Event);
        if (failure is null) delivery.Delivered();
        post((queue, now) =>
        {
            if (failure is null) queue.Delivered(delivery);
            else queue.Failed(delivery, failure, now);
        });
    }

    private async Task GiveUpAsync(GiveUp giveUp)
    {
        var letter = giveUp.Delivery.DeadLetter(giveUp.Failure);
        var isTaken = letter is not null && await OfferAsync(letter.Queue, letter.Event) is null;
        giveUp.Delivery.GivenUp(giveUp.Failure);
        post((queue, _) => queue.GivenUp(giveUp.Delivery, giveUp.Failure, isTaken ? letter!.Queue : null));
    }

    // Null when the target has taken the event.
    private async Task<DeliveryFailure?> OfferAsync(Arn resource, TargetEvent happened)
    {
        try
        {
            if (directory.Find<ITarget>(resource) is not { } target)
                return new DeliveryFailure("ResourceNotFound", "The target does not exist.", IsPermanent: true);
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
            return new DeliveryFailure(e.GetType().Name, e.ToString(), IsPermanent: false);
        }
    }
}
