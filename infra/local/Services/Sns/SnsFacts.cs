namespace Isobar.Local.Services.Sns;

// What the journal learns from SNS beside its deliveries: names and numbers, never a message.

internal sealed record TopicCreated(string Topic);

internal sealed record TopicDeleted(string Topic, int Subscriptions);

internal sealed record Subscribed(string Subscription, string Protocol, string Endpoint);

internal sealed record Unsubscribed(string Subscription);

/// <param name="Deliveries">Subscriptions that the message goes to.</param>
/// <param name="FilteredOut">Subscriptions whose filter policy it does not match.</param>
internal sealed record MessagePublished(string Topic, string MessageId, int Bytes, int Deliveries, int FilteredOut);
