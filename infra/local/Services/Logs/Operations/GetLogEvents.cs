using Isobar.Local.Ownership;
using Isobar.Local.Services.Logs.Events;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

/// <param name="Unmask">Changes nothing: no group masks anything.</param>
internal sealed record GetLogEventsRequest(
    string? LogGroupName, string? LogGroupIdentifier, string? LogStreamName, long? StartTime, long? EndTime,
    string? NextToken, int? Limit, bool? StartFromHead, bool? Unmask);

internal sealed record GetLogEventsResponse(
    IReadOnlyList<OutputLogEvent> Events, string NextForwardToken, string NextBackwardToken);

/// <summary>Times are in milliseconds since 1970.</summary>
internal sealed record OutputLogEvent(long Timestamp, string Message, long IngestionTime);

/// <summary>Reads a stream in pages, in both directions; a page at the end has no events and repeats its token.
/// </summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, GetLogEvents.</remarks>
internal static class GetLogEvents
{
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException; ValidationException: the
    /// group is named twice.</exception>
    public static GetLogEventsResponse Handle(Monitor<LogsState> logs, GetLogEventsRequest request, CallScope scope)
    {
        new ModelCheck()
            .GroupName(request.LogGroupName, isRequired: false)
            .Identifier(request.LogGroupIdentifier)
            .StreamName(request.LogStreamName)
            .Time(request.StartTime, "startTime").Time(request.EndTime, "endTime")
            .Length(request.NextToken, "nextToken", 1, int.MaxValue)
            .Between(request.Limit, "limit", 1, LogsLimits.MaxEvents)
            .ThrowIfAny();
        var group = LogsArn.GroupOf(request.LogGroupName, request.LogGroupIdentifier, scope);
        var token = request.NextToken is { } given ? StreamToken.Parse(given) : null;
        var view = logs.Ask((state, now) =>
        {
            var stream = state.Get(group, request.LogStreamName!);
            return state.View(group, each => each == stream, now);
        });
        return Page(view, request, token);
    }

    private static GetLogEventsResponse Page(EventView view, GetLogEventsRequest request, StreamToken? token)
    {
        var found = view.Find(request.StartTime ?? 0, request.EndTime ?? long.MaxValue);
        var isForward = token?.IsForward ?? request.StartFromHead is true;
        var limit = request.Limit ?? LogsLimits.MaxEvents;

        // Events that came after the token's are behind it, and those that came before are in front of it.
        var next = token is null
            ? isForward ? 0 : found.Count
            : FirstBehind(found, token.At, isInclusive: !isForward);
        var page = new List<FoundEvent>();
        for (long bytes = 0; page.Count < limit;)
        {
            var i = isForward ? next + page.Count : next - 1 - page.Count;
            if (i < 0 || i >= found.Count) break;
            bytes += view[found[i]].StoredBytes;
            if (bytes > LogsLimits.MaxBatchBytes && page.Count > 0) break;
            page.Add(found[i]);
        }

        if (!isForward) page.Reverse();
        var (first, last) = page.Count > 0
            ? (page[0].Position, page[^1].Position)
            : token is not null ? (token.At, token.At) : (default, default);
        return new GetLogEventsResponse(
            [.. page.Select(each => new OutputLogEvent(
                each.Position.Timestamp, view.Message(each), view[each].Ingested))],
            new StreamToken(true, last).ToString(), new StreamToken(false, first).ToString());
    }

    private static int FirstBehind(IReadOnlyList<FoundEvent> found, EventPosition position, bool isInclusive)
    {
        var (low, high) = (0, found.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = found[middle].Position.CompareTo(position);
            if (order < 0 || (order == 0 && !isInclusive)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
