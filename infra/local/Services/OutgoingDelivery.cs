using Isobar.Local.History;

namespace Isobar.Local.Services;

/// <summary>Why a target has not taken an event.</summary>
/// <param name="IsPermanent">
/// Another attempt would fail too: the target does not exist, or it can never accept this event.
/// </param>
internal sealed record DeliveryFailure(string Code, string Message, bool IsPermanent)
{
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>An event that a service owes a target, with the service's rules for trying again and giving up.</summary>
internal abstract class OutgoingDelivery
{
    /// <summary>What follows the event: the id of the message, event or request.</summary>
    public required string EventId { get; init; }

    public required Arn Target { get; init; }

    /// <summary>What is delivered, and on whose behalf.</summary>
    public required TargetEvent Event { get; init; }

    /// <summary>When the service accepted the event.</summary>
    public required DateTimeOffset Accepted { get; init; }

    /// <summary>How often the target was offered the event; owned by the queue.</summary>
    public int Attempts { get; set; }

    /// <summary>How long to wait after a failed attempt.</summary>
    /// <param name="attempts">Attempts made, from 1.</param>
    /// <param name="age">Since <see cref="Accepted"/>.</param>
    /// <returns>Null to give up.</returns>
    public abstract TimeSpan? Pause(int attempts, TimeSpan age);

    /// <summary>Where an event goes that was given up; null when it is dropped.</summary>
    public abstract DeadLetter? DeadLetter(DeliveryFailure failure);

    /// <summary>Told when the target has taken the event, outside the queue's lock and while it is work.</summary>
    public virtual void Delivered()
    {
    }

    /// <summary>Told when the event was given up, outside the queue's lock and while it is work.</summary>
    public virtual void GivenUp(DeliveryFailure failure)
    {
    }
}

/// <summary>An event that was given up, as its dead-letter queue receives it.</summary>
internal sealed record DeadLetter(Arn Queue, TargetEvent Event);

/// <summary>What the facts about a delivery have in common.</summary>
/// <param name="Source">The ARN that the event comes from: a bucket, topic, rule or function.</param>
/// <param name="Target">The ARN that it goes to.</param>
internal abstract record DeliveryFact(string Source, string EventId, string Target, string? TraceId) : IFact
{
    string? IFact.RequestId => EventId;

    string? IFact.Resource => FactResource.OfArn(Source);
}

/// <summary>A target has taken an event over.</summary>
internal sealed record DeliverySucceeded(
    string Source, string EventId, string Target, string? TraceId, int Attempts)
    : DeliveryFact(Source, EventId, Target, TraceId);

/// <summary>A target has not taken an event; it will be offered again.</summary>
internal sealed record DeliveryFailed(
    string Source, string EventId, string Target, string? TraceId, string Reason, DateTimeOffset NextAttempt)
    : DeliveryFact(Source, EventId, Target, TraceId);

/// <summary>An event was given up.</summary>
/// <param name="DeadLetterQueue">The queue that has it now; null when there is none, or it refused too.</param>
internal sealed record DeliveryGivenUp(
    string Source, string EventId, string Target, string? TraceId, string Reason, int Attempts,
    string? DeadLetterQueue)
    : DeliveryFact(Source, EventId, Target, TraceId);
