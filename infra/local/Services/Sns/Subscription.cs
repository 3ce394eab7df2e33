namespace Isobar.Local.Services.Sns;

/// <summary>A subscription; it never changes, its topic gets another in its place.</summary>
/// <param name="Arn">The topic's ARN and an id.</param>
/// <param name="Protocol"><c>lambda</c> or <c>sqs</c>.</param>
internal sealed record Subscription(
    string Arn, string TopicArn, string Protocol, Arn Endpoint, SubscriptionSettings Settings)
{
    public const string Lambda = "lambda";
    public const string Sqs = "sqs";
}

/// <summary>What the attributes of a subscription say.</summary>
/// <param name="DeadLetterQueue">Of the redrive policy.</param>
internal sealed record SubscriptionSettings(
    FilterPolicy? Filter, bool FiltersBody, bool IsRaw, string? RedrivePolicy, Arn? DeadLetterQueue)
{
    public static readonly SubscriptionSettings Default = new(null, false, false, null, null);
}
