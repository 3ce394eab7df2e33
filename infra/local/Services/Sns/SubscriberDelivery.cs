namespace Isobar.Local.Services.Sns;

/// <summary>One notification on its way to one subscriber.</summary>
internal sealed class SubscriberDelivery : OutgoingDelivery
{
    public required int MaxRetries { private get; init; }

    /// <summary>The subscription's dead-letter queue, with what it would receive.</summary>
    public required DeadLetter? Otherwise { private get; init; }

    public override TimeSpan? Pause(int attempts, TimeSpan age) =>
        attempts <= MaxRetries ? RetryPhases.PauseBefore(attempts) : null;

    /// <remarks>A function's notification comes to the queue as it would to a subscribed queue.</remarks>
    public override DeadLetter? DeadLetter(DeliveryFailure failure) => Otherwise;
}
