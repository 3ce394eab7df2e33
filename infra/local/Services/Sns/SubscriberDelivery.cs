namespace Isobar.Local.Services.Sns;

/// <summary>One notification on its way to one subscriber.</summary>
internal sealed class SubscriberDelivery : OutgoingDelivery
{
    public required int MaxRetries { private get; init; }

    /// <summary>The subscription's dead-letter queue, with what it would receive.</summary>
    public required DeadLetter? Otherwise { private get; init; }

    public override TimeSpan? Pause(int attempts, TimeSpan age) =>
        attempts <= MaxRetries ? RetryPhases.PauseBefore(attempts) : null;

    /// <remarks>The queue receives a function's notification in the form for queues.</remarks>
    public override DeadLetter? DeadLetter(DeliveryFailure failure) => Otherwise;
}
