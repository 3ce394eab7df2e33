using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Services.Sns;

// What the journal learns from SNS beside its deliveries: names and numbers, never a message.

internal sealed record TopicCreated(string Topic) : IFact
{
    string? IFact.Resource => FactResource.OfArn(Topic);
}

internal sealed record TopicDeleted(string Topic, int Subscriptions) : IFact
{
    string? IFact.Resource => FactResource.OfArn(Topic);
}

internal sealed record Subscribed(string Subscription, string Protocol, string Endpoint) : IFact
{
    string? IFact.Resource => FactResource.OfArn(Subscription);
}

internal sealed record Unsubscribed(string Subscription) : IFact
{
    string? IFact.Resource => FactResource.OfArn(Subscription);
}

/// <param name="Deliveries">Subscriptions that the message goes to.</param>
/// <param name="FilteredOut">Subscriptions whose filter policy it does not match.</param>
internal sealed record MessagePublished(
    string Topic, string MessageId, int Bytes, int Deliveries, int FilteredOut) : IChargedFact
{
    /// <summary>Deliveries to queues and functions are free.</summary>
    public IEnumerable<Charge> Charges => [Charge.Chunks(Meter.TopicRequests, Bytes)];

    public string? TraceId { get; init; }

    string? IFact.RequestId => MessageId;

    string? IFact.Resource => FactResource.OfArn(Topic);
}
