using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>Every error that SQS can answer with.</summary>
/// <remarks>Source: Amazon SQS API Reference; the codes of the Query protocol and the status codes are those of the
/// service's Smithy model (<c>awsQueryError</c>).</remarks>
internal static class SqsErrors
{
    public const string MissingParameterCode = "MissingRequiredParameterException";

    private const string Prefix = "AWS.SimpleQueueService.";

    public static AwsException QueueDoesNotExist() =>
        Named("QueueDoesNotExist", Prefix + "NonExistentQueue", "The specified queue does not exist.");

    public static AwsException QueueNameExists(string attribute) => Named("QueueNameExists", "QueueAlreadyExists",
        $"A queue already exists with the same name and a different value for attribute {attribute}");

    public static AwsException QueueDeletedRecently() => Prefixed("QueueDeletedRecently",
        "You must wait 60 seconds after deleting a queue before you can create another with the same name.");

    public static AwsException PurgeQueueInProgress(string queue) => Prefixed("PurgeQueueInProgress",
        $"Only one PurgeQueue operation on {queue} is allowed every 60 seconds.", 403);

    public static AwsException MissingParameter(string name) => Named(MissingParameterCode,
        "MissingParameter", $"The request must contain the parameter {name}.");

    public static AwsException InvalidParameter(string message) =>
        Named("InvalidParameterValueException", "InvalidParameterValue", message);

    public static AwsException InvalidParameter(string name, object? value, string reason) =>
        InvalidParameter($"Value {value} for parameter {name} is invalid. Reason: {reason}");

    public static AwsException UnknownAttribute(string name) => InvalidAttributeName($"Unknown Attribute {name}.");

    public static AwsException InvalidAttributeName(string message) =>
        Named("InvalidAttributeName", "InvalidAttributeName", message);

    public static AwsException InvalidAttributeValue(string name) =>
        Named("InvalidAttributeValue", "InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    public static AwsException InvalidAttributeValue(string name, string reason) => Named(
        "InvalidAttributeValue", "InvalidAttributeValue", $"Invalid value for the parameter {name}. Reason: {reason}");

    /// <summary>A parameter that only the other type of queue takes.</summary>
    public static AwsException NotOfThisQueueType(string name, object value) => InvalidParameter(
        name, value, "The request include parameter that is not valid for this queue type.");

    public static AwsException NoDeduplicationId() => InvalidParameter("The queue should either have "
        + "ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");

    public static AwsException InvalidMessageContents() => Named("InvalidMessageContents", "InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are "
        + "#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");

    public static AwsException MessageTooLong(int maximumBytes) => InvalidParameter(
        $"One or more parameters are invalid. Reason: Message must be shorter than {maximumBytes} bytes.");

    public static AwsException BatchEntryTooLong(int maximumBytes) => InvalidParameter(
        $"One or more parameters cannot be validated. Reason: Message must be shorter than {maximumBytes} bytes.");

    public static AwsException ReceiptHandleIsInvalid(string handle) => Named("ReceiptHandleIsInvalid",
        "ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.", 404);

    public static AwsException ReceiptHandleOfAnotherQueue(string handle) => Named("ReceiptHandleIsInvalid",
        "ReceiptHandleIsInvalid", $"The receipt handle \"{handle}\" is not valid for this queue.", 404);

    /// <summary>In a FIFO queue, only the receive that hides a message can delete it.</summary>
    public static AwsException ReceiptHandleExpired(string handle) =>
        InvalidParameter("ReceiptHandle", handle, "The receipt handle has expired.");

    public static AwsException NotAvailableForVisibilityChange(string handle) => InvalidParameter(
        "ReceiptHandle", handle, "Message does not exist or is not available for visibility timeout change.");

    public static AwsException EmptyBatchRequest(string entryType) =>
        Prefixed("EmptyBatchRequest", $"There should be at least one {entryType} in the request.");

    public static AwsException TooManyEntries(int count) => Prefixed("TooManyEntriesInBatchRequest",
        $"Maximum number of entries per request are {SqsLimits.MaxBatchEntries}. You have sent {count}.");

    public static AwsException BatchEntryIdsNotDistinct(string id) =>
        Prefixed("BatchEntryIdsNotDistinct", $"Id {id} repeated.");

    public static AwsException InvalidBatchEntryId() => Prefixed("InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
        + "It can be at most 80 letters long.");

    public static AwsException BatchRequestTooLong(long bytes) => Prefixed("BatchRequestTooLong",
        $"Batch requests cannot be longer than {SqsLimits.MaxMessageBytes} bytes. You have sent {bytes} bytes.");

    /// <summary>The in-flight messages of a queue, or a bound of this host.</summary>
    public static AwsException OverLimit(string message) => Named("OverLimit", "OverLimit", message, 403);

    public static AwsException RequestThrottled() => Named(
        "RequestThrottled", "RequestThrottled", "The request was denied due to request throttling.", 403);

    public static AwsException UnsupportedOperation(string reason) => Prefixed("UnsupportedOperation", reason);

    private static AwsException Prefixed(string code, string message, int status = 400) =>
        Named(code, Prefix + code, message, status);

    private static AwsException Named(string code, string queryCode, string message, int status = 400) =>
        new(code, message, status) { QueryCode = queryCode };
}
