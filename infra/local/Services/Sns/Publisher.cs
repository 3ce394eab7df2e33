using System.Text;
using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Sns;

/// <summary>Publishes messages: finds the subscribers and makes a delivery for each.</summary>
internal sealed class Publisher(
    Regional<Monitor<SnsState>> topics, Deliveries deliveries, Envelope envelope, SnsLimits limits,
    Identifiers identifiers, ServiceClock clock, Journal journal)
{
    /// <exception cref="Wire.AwsException">NotFound.</exception>
    public void CheckTopic(string topicArn) => SubscriptionsOf(topicArn);

    /// <summary>Publishes one message or a batch, to all subscribers or to none.</summary>
    /// <returns>The messages' ids.</returns>
    /// <exception cref="Wire.AwsException">NotFound; Throttled: too many deliveries wait.</exception>
    public IReadOnlyList<string> Publish(
        string topicArn, IReadOnlyList<MessageDraft> drafts, string? traceHeader = null)
    {
        var subscriptions = SubscriptionsOf(topicArn);
        var now = clock.GetUtcNow();
        var notifications = drafts.Select(draft =>
            new Notification(identifiers.NewGuid().ToString(), topicArn, draft, now, traceHeader)).ToList();
        var made = notifications.Select(notification =>
            subscriptions.Where(subscription => Wants(subscription, notification))
                .Select(subscription => Delivery(subscription, notification)).ToList()).ToList();
        if (!deliveries.TryAdd([.. made.SelectMany(list => list)])) throw SnsErrors.Throttled();
        foreach (var (notification, list) in notifications.Zip(made))
        {
            journal.Record(new MessagePublished(topicArn, notification.MessageId, notification.Draft.Bytes, list.Count,
                subscriptions.Count - list.Count)
            {
                TraceId = traceHeader,
            });
        }

        return [.. notifications.Select(notification => notification.MessageId)];
    }

    private IReadOnlyList<Subscription> SubscriptionsOf(string topicArn) =>
        topics.Find(Arn.TryParse(topicArn)!.Region)?.Ask((state, _) => state.SubscriptionsOf(topicArn))
        ?? throw SnsErrors.TopicNotFound();

    private static bool Wants(Subscription subscription, Notification notification) => subscription.Settings switch
    {
        { Filter: null } => true,
        { Filter: var filter, FiltersBody: true } => filter.MatchesBody(notification.MessageFor(subscription.Protocol)),
        { Filter: var filter } => filter.MatchesAttributes(notification),
    };

    private SubscriberDelivery Delivery(Subscription subscription, Notification notification)
    {
        var isFunction = subscription.Protocol == Subscription.Lambda;
        var from = SourceOf(notification);
        var happened = isFunction
            ? new TargetEvent(envelope.ForFunction(notification, subscription), from)
            {
                TraceHeader = notification.TraceHeader,
            }
            : ForQueue(subscription, notification);
        return new SubscriberDelivery
        {
            EventId = notification.MessageId,
            Target = subscription.Endpoint,
            Event = happened,
            Accepted = notification.Published,
            MaxRetries = limits.MaxRetries,
            Otherwise = subscription.Settings.DeadLetterQueue is not { } queue ? null : new DeadLetter(queue, isFunction
                ? new TargetEvent(envelope.ForQueue(notification, subscription, Subscription.Lambda), from)
                {
                    TraceHeader = notification.TraceHeader,
                    MessageGroupId = notification.Draft.MessageGroupId,
                }
                : happened),
        };
    }

    private static DeliverySource SourceOf(Notification notification) => new(
        "sns.amazonaws.com", notification.TopicArn, Arn.TryParse(notification.TopicArn)!.AccountId);

    private TargetEvent ForQueue(Subscription subscription, Notification notification) => subscription.Settings.IsRaw
        ? new TargetEvent(
            Encoding.UTF8.GetBytes(notification.MessageFor(Subscription.Sqs)), SourceOf(notification))
        {
            Attributes = notification.Draft.Attributes,
            TraceHeader = notification.TraceHeader,
            MessageGroupId = notification.Draft.MessageGroupId,
        }
        : new TargetEvent(envelope.ForQueue(notification, subscription), SourceOf(notification))
        {
            TraceHeader = notification.TraceHeader,
            MessageGroupId = notification.Draft.MessageGroupId,
        };
}
