using Isobar.Local.Ownership;
using Isobar.Local.Services.Logs.Events;
using Isobar.Local.Services.Logs.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

/// <param name="Interleaved">Changes nothing since June 2019: events of several streams always come interleaved.
/// </param>
/// <param name="Unmask">Changes nothing: no group masks anything.</param>
internal sealed record FilterLogEventsRequest(
    string? LogGroupName, string? LogGroupIdentifier, IReadOnlyList<string>? LogStreamNames,
    string? LogStreamNamePrefix, long? StartTime, long? EndTime, string? FilterPattern, string? NextToken, int? Limit,
    bool? Interleaved, bool? Unmask);

/// <param name="SearchedLogStreams">Empty since May 2020.</param>
internal sealed record FilterLogEventsResponse(
    IReadOnlyList<FilteredLogEvent> Events, IReadOnlyList<string> SearchedLogStreams, string? NextToken);

/// <summary>Times are in milliseconds since 1970.</summary>
/// <param name="EventId">56 digits, in the order of the events.</param>
internal sealed record FilteredLogEvent(
    string LogStreamName, long Timestamp, string Message, long IngestionTime, string EventId);

/// <summary>Finds events of a group by time, stream and pattern, in the order of their timestamps.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, FilterLogEvents.</remarks>
internal static class FilterLogEvents
{
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException; ValidationException: the
    /// group is named twice.</exception>
    public static FilterLogEventsResponse Handle(
        Monitor<LogsState> logs, FilterLogEventsRequest request, CallScope scope)
    {
        Check(request);
        var group = LogsArn.GroupOf(request.LogGroupName, request.LogGroupIdentifier, scope);
        var pattern = FilterPattern.Parse(request.FilterPattern ?? "");
        var question = $"{group}\n{string.Join(':', request.LogStreamNames ?? [])}\n{request.LogStreamNamePrefix}\n"
            + $"{request.StartTime}\n{request.EndTime}\n{request.FilterPattern}";
        var (view, now) = logs.Ask((state, now) => (state.View(group, Wanted(request, state, group), now), now));
        var after = PageToken.Read(request.NextToken, question, now) is { } read
            ? EventPosition.Parse(read) ?? throw LogsErrors.InvalidToken()
            : default(EventPosition?);

        var end = request.EndTime is { } last and < long.MaxValue ? last + 1 : long.MaxValue;
        var limit = request.Limit ?? LogsLimits.MaxEvents;
        var page = new List<FilteredLogEvent>();
        var bytes = 0L;
        string? next = null;
        foreach (var each in view.Find(Math.Max(request.StartTime ?? 0, after?.Timestamp ?? 0), end))
        {
            if (after is { } position && each.Position.CompareTo(position) <= 0) continue;
            if (!pattern.Matches(view.Bytes(each))) continue;
            ref readonly var entry = ref view[each];
            if (page.Count == limit || (page.Count > 0 && bytes + entry.StoredBytes > LogsLimits.MaxBatchBytes))
            {
                next = PageToken.Write(page[^1].EventId, question, now);
                break;
            }

            bytes += entry.StoredBytes;
            page.Add(new FilteredLogEvent(
                entry.Stream.Name, entry.Timestamp, view.Message(each), entry.Ingested, each.Position.ToString()));
        }

        return new FilterLogEventsResponse(page, [], next);
    }

    private static void Check(FilterLogEventsRequest request)
    {
        var check = new ModelCheck()
            .GroupName(request.LogGroupName, isRequired: false)
            .Identifier(request.LogGroupIdentifier)
            .Count(request.LogStreamNames?.Count, $"[{string.Join(", ", request.LogStreamNames ?? [])}]",
                "logStreamNames", 1, LogsLimits.MaxStreamNames)
            .StreamName(request.LogStreamNamePrefix, "logStreamNamePrefix", isRequired: false)
            .Time(request.StartTime, "startTime").Time(request.EndTime, "endTime")
            .Length(request.FilterPattern, "filterPattern", 0, LogsLimits.MaxPatternCharacters)
            .Length(request.NextToken, "nextToken", 1, int.MaxValue)
            .Between(request.Limit, "limit", 1, LogsLimits.MaxEvents);
        foreach (var name in request.LogStreamNames ?? []) check.StreamName(name, "logStreamNames");
        check.ThrowIfAny();
        if (request is { LogStreamNames: not null, LogStreamNamePrefix: not null }) throw LogsErrors.PrefixAndNames();
    }

    private static Func<LogStream, bool>? Wanted(FilterLogEventsRequest request, LogsState state, string group)
    {
        if (request.LogStreamNamePrefix is { } prefix)
            return stream => stream.Name.StartsWith(prefix, StringComparison.Ordinal);
        if (request.LogStreamNames is not { } names) return null;
        HashSet<LogStream> wanted = [.. names.Select(name => state.Get(group, name))];
        return wanted.Contains;
    }
}
