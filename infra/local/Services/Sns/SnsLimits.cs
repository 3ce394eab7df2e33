namespace Isobar.Local.Services.Sns;

/// <summary>Every number of the service; those that tests shrink are properties.</summary>
/// <remarks>Source, unless said otherwise: Amazon SNS endpoints and quotas; Amazon SNS API Reference.</remarks>
internal sealed record SnsLimits
{
    /// <summary>The largest message, and the largest sum of a batch, in bytes of message and attributes.</summary>
    public const int MaxMessageBytes = 262_144;

    public const int MaxSubjectLength = 100;

    /// <summary>Characters of a message group's id.</summary>
    public const int MaxMessageGroupIdLength = 128;

    /// <summary>Hexadecimal digits of a token that confirms a subscription.</summary>
    /// <remarks>Source: answers of AWS recorded by LocalStack's tests: any other token is told apart.</remarks>
    public const int ConfirmationTokenLength = 288;

    /// <summary>Characters of a topic's name.</summary>
    public const int MaxTopicNameLength = 256;

    public const int MaxDisplayNameLength = 100;

    public const int MaxBatchEntries = 10;

    public const int MaxBatchEntryIdLength = 80;

    /// <summary>Topics or subscriptions that one list request returns.</summary>
    public const int PageSize = 100;

    /// <summary>Bytes of a message attribute's name.</summary>
    public const int MaxAttributeNameBytes = 256;

    /// <summary>Keys of a filter policy.</summary>
    public const int MaxFilterKeys = 5;

    /// <summary>The combinations of a filter policy.</summary>
    public const int MaxFilterCombinations = 150;

    /// <summary>Subscriptions with a filter policy, of one topic.</summary>
    public const int MaxFilterPoliciesPerTopic = 200;

    /// <remarks>A limit of this host; AWS allows 100,000 for each account.</remarks>
    public int MaxTopics { get; init; } = 10_000;

    /// <summary>Subscriptions of all topics.</summary>
    /// <remarks>A limit of this host; AWS allows 12,500,000 for each topic.</remarks>
    public int MaxSubscriptions { get; init; } = 100_000;

    /// <summary>Deliveries that are not made yet.</summary>
    /// <remarks>A limit of this host; AWS has none.</remarks>
    public int MaxPendingDeliveries { get; init; } = 100_000;

    /// <summary>The payloads of those, in bytes.</summary>
    /// <remarks>A limit of this host.</remarks>
    public long MaxPendingBytes { get; init; } = 268_435_456;

    /// <summary>How often a delivery to Lambda or Amazon SQS is tried again: over 23 days.</summary>
    /// <remarks>Source: Amazon SNS Developer Guide, "Amazon SNS message delivery retries".</remarks>
    public int MaxRetries { get; init; } = 100_015;
}
