using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Sns;

/// <summary>What GetTopicAttributes shows.</summary>
internal sealed record TopicView(string Arn, string DisplayName, int Confirmed, int Deleted);

/// <summary>The state of SNS: topics and their subscriptions.</summary>
internal sealed class SnsState(SnsLimits limits) : IDecidingState<IFact>
{
    private readonly SortedDictionary<string, Topic> topics = new(StringComparer.Ordinal);

    // By ARN: the topic of each subscription.
    private readonly SortedDictionary<string, Topic> subscriptions = new(StringComparer.Ordinal);

    public Effects<IFact> Effects { get; } = new();

    /// <summary>The ARNs of all topics, in order.</summary>
    public IEnumerable<string> Topics => topics.Keys;

    public bool Exists(string topicArn) => topics.ContainsKey(topicArn);

    /// <summary>Makes a topic unless it exists.</summary>
    /// <param name="displayName">Null when the request does not say; an existing topic must agree otherwise.</param>
    /// <exception cref="Wire.AwsException">InvalidParameter, TopicLimitExceeded.</exception>
    public void Create(string topicArn, string? displayName)
    {
        if (topics.TryGetValue(topicArn, out var existing))
        {
            if (displayName is null || displayName == existing.DisplayName) return;
            throw SnsErrors.DifferentTopic();
        }

        if (topics.Count >= limits.MaxTopics) throw SnsErrors.TopicLimitExceeded();
        topics.Add(topicArn, new Topic(topicArn, displayName ?? ""));
        Effects.Add(new TopicCreated(topicArn));
    }

    /// <exception cref="Wire.AwsException">NotFound.</exception>
    public void Name(string topicArn, string displayName) => Find(topicArn).DisplayName = displayName;

    /// <summary>Deletes a topic with its subscriptions; one that does not exist is passed over.</summary>
    public void Delete(string topicArn)
    {
        if (!topics.Remove(topicArn, out var topic)) return;
        foreach (var subscription in topic.Subscriptions) subscriptions.Remove(subscription.Arn);
        Effects.Add(new TopicDeleted(topicArn, topic.Subscriptions.Count));
    }

    /// <exception cref="Wire.AwsException">NotFound.</exception>
    public TopicView View(string topicArn)
    {
        var topic = Find(topicArn);
        return new TopicView(topic.Arn, topic.DisplayName, topic.Subscriptions.Count, topic.Deleted);
    }

    /// <summary>The subscriptions of a topic in the order they were made.</summary>
    /// <exception cref="Wire.AwsException">NotFound.</exception>
    public IReadOnlyList<Subscription> SubscriptionsOf(string topicArn) => [.. Find(topicArn).Subscriptions];

    /// <summary>All subscriptions, in the order of their ARNs.</summary>
    public IEnumerable<Subscription> Subscriptions => subscriptions.Select(entry => Of(entry.Value, entry.Key));

    /// <summary>Subscribes, unless protocol and endpoint already are.</summary>
    /// <param name="make">Makes the settings, given those that hold without the request's attributes.</param>
    /// <param name="id">Of a new subscription.</param>
    /// <returns>The subscription's ARN.</returns>
    /// <exception cref="Wire.AwsException">NotFound, InvalidParameter, SubscriptionLimitExceeded.</exception>
    public string Subscribe(
        string topicArn, string protocol, Arn endpoint, Func<SubscriptionSettings, SubscriptionSettings> make, Guid id)
    {
        var topic = Find(topicArn);
        var existing = topic.Subscriptions.Find(other => other.Protocol == protocol && other.Endpoint == endpoint);
        if (existing is not null)
        {
            return Texts(make(existing.Settings)) == Texts(existing.Settings)
                ? existing.Arn
                : throw SnsErrors.InvalidParameter(
                    "Attributes", "Subscription already exists with different attributes");
        }

        if (subscriptions.Count >= limits.MaxSubscriptions) throw SnsErrors.SubscriptionLimitExceeded();
        var subscription = new Subscription(
            $"{topicArn}:{id}", topicArn, protocol, endpoint, make(SubscriptionSettings.Default));
        CheckFilters(topic, subscription);
        topic.Subscriptions.Add(subscription);
        subscriptions.Add(subscription.Arn, topic);
        Effects.Add(new Subscribed(subscription.Arn, protocol, endpoint.ToString()));
        return subscription.Arn;
    }

    /// <summary>Ends a subscription; one that does not exist is passed over.</summary>
    public void Unsubscribe(string subscriptionArn)
    {
        if (!subscriptions.Remove(subscriptionArn, out var topic)) return;
        topic.Subscriptions.RemoveAll(subscription => subscription.Arn == subscriptionArn);
        topic.Deleted++;
        Effects.Add(new Unsubscribed(subscriptionArn));
    }

    /// <exception cref="Wire.AwsException">NotFound.</exception>
    public Subscription Subscription(string subscriptionArn) =>
        subscriptions.TryGetValue(subscriptionArn, out var topic)
            ? Of(topic, subscriptionArn)
            : throw SnsErrors.SubscriptionNotFound();

    /// <exception cref="Wire.AwsException">NotFound, and what the change itself throws.</exception>
    public void Change(string subscriptionArn, Func<Subscription, SubscriptionSettings> change)
    {
        var before = Subscription(subscriptionArn);
        var after = before with { Settings = change(before) };
        var topic = subscriptions[subscriptionArn];
        CheckFilters(topic, after);
        topic.Subscriptions[topic.Subscriptions.IndexOf(before)] = after;
    }

    private static Subscription Of(Topic topic, string subscriptionArn) =>
        topic.Subscriptions.Find(subscription => subscription.Arn == subscriptionArn)!;

    // A filter policy's parsed form has no equality of its own.
    private static (string?, bool, bool, string?) Texts(SubscriptionSettings settings) =>
        (settings.Filter?.Text, settings.FiltersBody, settings.IsRaw, settings.RedrivePolicy);

    private static void CheckFilters(Topic topic, Subscription changed)
    {
        if (changed.Settings.Filter is not null
            && topic.Subscriptions.Count(other => other.Settings.Filter is not null && other.Arn != changed.Arn)
                >= SnsLimits.MaxFilterPoliciesPerTopic)
            throw SnsErrors.FilterPolicyLimitExceeded();
    }

    private Topic Find(string topicArn) =>
        topics.TryGetValue(topicArn, out var topic) ? topic : throw SnsErrors.TopicNotFound();
}
