using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs;

/// <summary>Every error that CloudWatch Logs can answer with.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference; texts as AWS was recorded to answer, where there is a
/// recording.</remarks>
internal static class LogsErrors
{
    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", message);

    /// <summary>Members that break constraints of the service's model, each as a sentence of its own.</summary>
    public static AwsException Constraints(IReadOnlyList<string> constraints) => InvalidParameter(
        $"{constraints.Count} validation error{(constraints.Count == 1 ? "" : "s")} detected: "
        + string.Join("; ", constraints));

    public static AwsException GroupNotFound() =>
        new("ResourceNotFoundException", "The specified log group does not exist.");

    public static AwsException StreamNotFound() =>
        new("ResourceNotFoundException", "The specified log stream does not exist.");

    public static AwsException GroupExists() =>
        new("ResourceAlreadyExistsException", "The specified log group already exists");

    public static AwsException StreamExists() =>
        new("ResourceAlreadyExistsException", "The specified log stream already exists");

    public static AwsException LimitExceeded() => new("LimitExceededException", "Resource limit exceeded.");

    public static AwsException TooManySessions() => new(
        "LimitExceededException", $"There can be {LogsLimits.MaxLiveSessions} live tail sessions at a time.");

    public static AwsException NameTooLong() => InvalidParameter(
        $"Invalid LogGroup or LogStream, both must have length less than or equal to {LogsLimits.MaxNameCharacters}.");

    public static AwsException InvalidToken() => InvalidParameter("The specified nextToken is invalid.");

    /// <summary>AWS answers this one as a ValidationException.</summary>
    public static AwsException NameAndIdentifier() => new(
        "ValidationException", "LogGroup name and LogGroup ARN are mutually exclusive parameters.");

    public static AwsException NoGroupNamed() =>
        InvalidParameter("Either logGroupName or logGroupIdentifier must be given.");

    public static AwsException PrefixAndPattern() => InvalidParameter(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");

    public static AwsException PrefixAndNames() => InvalidParameter(
        "logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");

    public static AwsException PrefixWithLastEventTime() =>
        InvalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");

    public static AwsException NotChronological() => InvalidParameter(
        "Log events in a single PutLogEvents request must be in chronological order.");

    public static AwsException SpanTooLong() => InvalidParameter(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");

    public static AwsException BatchTooLarge(long bytes) =>
        InvalidParameter($"Upload too large: {bytes} bytes exceeds limit of {LogsLimits.MaxBatchBytes}");

    public static AwsException EventTooLarge(long bytes) =>
        InvalidParameter($"Log event too large: {bytes} bytes exceeds limit of {LogsLimits.MaxEventBytes}");

    public static AwsException TooManyTags() =>
        InvalidParameter($"The number of tags is more than {LogsLimits.MaxTags}.");

    public static AwsException InvalidTerm(string term) => InvalidParameter($"Invalid character(s) in term '{term}'");

    public static AwsException InvalidPattern(string reason) => InvalidParameter($"Invalid filter pattern: {reason}");
}
