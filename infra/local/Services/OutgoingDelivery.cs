using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>Why a target has not taken an event.</summary>
/// <param name="IsLasting">Trying again would not help: the target does not exist or can never take this event.</param>
internal sealed record DeliveryFailure(string Code, string Message, bool IsLasting);

/// <summary>An event that a service owes a target, with the service's rules for trying again and giving up.</summary>
internal abstract class OutgoingDelivery
{
    /// <summary>Who owes it: a topic's or a rule's ARN.</summary>
    public required string Owner { get; init; }

    /// <summary>The message or event.</summary>
    public required string EventId { get; init; }

    public required Arn Target { get; init; }

    public required TargetEvent Event { get; init; }

    /// <summary>When the service accepted the event.</summary>
    public required DateTimeOffset Accepted { get; init; }

    /// <summary>How often the target was offered the event; owned by the queue.</summary>
    public int Attempts { get; set; }

    /// <summary>Held while it is ready or being offered, so that the clock stands still; the queue's.</summary>
    public Activity.Lease? Work { get; set; }

    /// <summary>How long to wait after a failed attempt.</summary>
    /// <param name="attempts">Attempts made, from 1.</param>
    /// <param name="age">Since <see cref="Accepted"/>.</param>
    /// <returns>Null to give up.</returns>
    public abstract TimeSpan? Pause(int attempts, TimeSpan age);

    /// <summary>Where an event goes that was given up; null when it is dropped.</summary>
    public abstract DeadLetter? DeadLetter(DeliveryFailure failure);

    /// <summary>Told when the event was given up, before its work counts as ended.</summary>
    public virtual void GivenUp(DeliveryFailure failure)
    {
    }
}

/// <summary>An event that was given up, as its dead-letter queue receives it.</summary>
internal sealed record DeadLetter(Arn Queue, TargetEvent Event);

/// <summary>A target has taken an event over.</summary>
internal sealed record DeliverySucceeded(string Owner, string EventId, string Target, int Attempts);

/// <summary>A target has not taken an event; it will be offered again.</summary>
internal sealed record DeliveryFailed(
    string Owner, string EventId, string Target, string Reason, DateTimeOffset NextAttempt);

/// <summary>An event was given up.</summary>
/// <param name="DeadLetterQueue">The queue that has it now; null when there is none, or it refused too.</param>
internal sealed record DeliveryGivenUp(
    string Owner, string EventId, string Target, string Reason, int Attempts, string? DeadLetterQueue);
