using Isobar.Local.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns;

/// <summary>Every error that SNS can answer with.</summary>
/// <remarks>Source: Amazon SNS API Reference; the texts are AWS's answers where known.</remarks>
internal static class SnsErrors
{
    public static AwsException InvalidParameter(string what) => new("InvalidParameter", $"Invalid parameter: {what}");

    public static AwsException InvalidParameter(string name, string reason) =>
        InvalidParameter($"{name} Reason: {reason}");

    public static AwsException ArnTooShort(string name, int elements) =>
        InvalidParameter(name, $"An ARN must have at least 6 elements, not {elements}");

    public static AwsException NoValue(string name) => InvalidParameter(name, "no value for required parameter");

    public static AwsException InvalidToken() => new("InvalidParameter", "Invalid token");

    public static AwsException DifferentTopic() =>
        InvalidParameter("Attributes", "Topic already exists with different attributes");

    public static AwsException MemberIsNull(string member) => new("ValidationError",
        $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");

    public static AwsException TopicNotFound() => new("NotFound", "Topic does not exist", 404);

    public static AwsException SubscriptionNotFound() => new("NotFound", "Subscription does not exist", 404);

    public static AwsException MessageTooLong() => InvalidParameter("Message too long");

    public static AwsException BadAttribute(string name, string fault) =>
        BadAttribute($"The message attribute '{name}' {fault}");

    public static AwsException BadAttribute(string message) => new("ParameterValueInvalid", message);

    public static AwsException EmptyBatchRequest() =>
        new("EmptyBatchRequest", "The batch request doesn't contain any entries.");

    public static AwsException TooManyEntriesInBatchRequest() =>
        new("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");

    public static AwsException BatchEntryIdsNotDistinct() =>
        new("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");

    public static AwsException BatchRequestTooLong() =>
        new("BatchRequestTooLong", "The length of all the messages put together is more than the limit.");

    public static AwsException BatchEntryIdCharacter(string id) => new("InvalidBatchEntryId",
        $"The Id of a batch entry in the batch request contains an impermissible character: {id}");

    public static AwsException BatchEntryIdTooLong(string id) =>
        new("InvalidBatchEntryId", $"The Id of a batch entry in the batch request is too long: {id}");

    public static AwsException TopicLimitExceeded() =>
        new("TopicLimitExceeded", "The number of topics has reached its limit.", 403);

    public static AwsException SubscriptionLimitExceeded() =>
        new("SubscriptionLimitExceeded", "The number of subscriptions has reached its limit.", 403);

    public static AwsException FilterPolicyLimitExceeded() =>
        new("FilterPolicyLimitExceeded", "The number of filter policies of the topic has reached its limit.", 403);

    /// <summary>More deliveries wait than this host holds.</summary>
    public static AwsException Throttled() => new("Throttled", "Rate exceeded", 429);

    /// <param name="prefix">What stands before an attribute's name: nothing, or that it is one of many.</param>
    public static AwsException BadDocument(string prefix, string attribute, PatternException fault)
    {
        if (!fault.IsSyntax) return InvalidParameter($"{prefix}{attribute}: {fault.WithSource()}");
        return InvalidParameter($"{prefix}{attribute}: failed to parse JSON. {fault.Reason}\n at [Source: REDACTED "
            + "(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); "
            + $"line: {fault.Place?.Line}, column: {fault.Place?.Column}]");
    }
}
