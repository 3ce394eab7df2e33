using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record DescribeLogStreamsRequest(
    string? LogGroupName, string? LogGroupIdentifier, string? LogStreamNamePrefix, string? OrderBy, bool? Descending,
    string? NextToken, int? Limit);

internal sealed record DescribeLogStreamsResponse(IReadOnlyList<LogStreamShape> LogStreams, string? NextToken);

/// <summary>Times are in milliseconds since 1970.</summary>
/// <param name="StoredBytes">Zero for every stream since June 2019.</param>
internal sealed record LogStreamShape(
    string LogStreamName, long CreationTime, long? FirstEventTimestamp, long? LastEventTimestamp,
    long? LastIngestionTime, string? UploadSequenceToken, string Arn, long StoredBytes);

/// <summary>Lists the streams of a group by name or by the time of their last event.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, DescribeLogStreams and LogStream.</remarks>
internal static class DescribeLogStreams
{
    private const string ByName = "LogStreamName";
    private const string ByTime = "LastEventTime";

    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException; ValidationException: the
    /// group is named twice.</exception>
    public static DescribeLogStreamsResponse Handle(
        Monitor<LogsState> logs, DescribeLogStreamsRequest request, CallScope scope)
    {
        Check(request);
        var group = LogsArn.GroupOf(request.LogGroupName, request.LogGroupIdentifier, scope);
        var (isByTime, isDescending) = (request.OrderBy == ByTime, request.Descending is true);
        var question = $"streams {group} {request.LogStreamNamePrefix} {isByTime} {isDescending}";
        var (streams, now) = logs.Ask((state, now) => (
            state.Get(group).Streams.Values.Select(stream => Shape(group, stream, scope)).ToArray(), now));
        var after = PageToken.Read(request.NextToken, question, now);
        var order = Comparer<LogStreamShape>.Create((one, other) =>
        {
            var byTime = isByTime ? Nullable.Compare(one.LastEventTimestamp, other.LastEventTimestamp) : 0;
            var both = byTime != 0 ? byTime : string.CompareOrdinal(one.LogStreamName, other.LogStreamName);
            return isDescending ? -both : both;
        });
        var limit = request.Limit ?? LogsLimits.MaxDescribed;
        var left = streams
            .Where(stream => stream.LogStreamName.StartsWith(
                request.LogStreamNamePrefix ?? "", StringComparison.Ordinal))
            .Order(order).ToList();
        var from = after is null ? 0 : left.FindIndex(stream => stream.LogStreamName == after) + 1;
        var page = left.GetRange(from, Math.Min(limit, left.Count - from));
        return new DescribeLogStreamsResponse(
            page, from + limit < left.Count ? PageToken.Write(page[^1].LogStreamName, question, now) : null);
    }

    private static void Check(DescribeLogStreamsRequest request)
    {
        new ModelCheck()
            .GroupName(request.LogGroupName, isRequired: false)
            .Identifier(request.LogGroupIdentifier)
            .StreamName(request.LogStreamNamePrefix, "logStreamNamePrefix", isRequired: false)
            .OneOf(request.OrderBy, "orderBy", ByName, ByTime)
            .Length(request.NextToken, "nextToken", 1, int.MaxValue)
            .Between(request.Limit, "limit", 1, LogsLimits.MaxDescribed)
            .ThrowIfAny();
        if (request is { OrderBy: ByTime, LogStreamNamePrefix: not null }) throw LogsErrors.PrefixWithLastEventTime();
    }

    private static LogStreamShape Shape(string group, LogStream stream, CallScope scope) => new(
        stream.Name, stream.Created, stream.FirstTimestamp, stream.LastTimestamp, stream.LastIngested,
        stream.LastIngested is { } last ? new Events.EventPosition(last, 0).ToString() : null,
        LogsArn.OfStream(scope.Region, scope.AccountId, group, stream.Name), 0);
}
