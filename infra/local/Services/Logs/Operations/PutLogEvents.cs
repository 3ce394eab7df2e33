using System.Text;
using Isobar.Local.Costs;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

/// <param name="SequenceToken">Needed by nobody any more, and not looked at.</param>
internal sealed record PutLogEventsRequest(
    string? LogGroupName, string? LogStreamName, IReadOnlyList<InputLogEvent>? LogEvents, string? SequenceToken);

/// <param name="Timestamp">In milliseconds since 1970.</param>
internal sealed record InputLogEvent(long? Timestamp, string? Message);

internal sealed record PutLogEventsResponse(string NextSequenceToken, RejectedLogEventsInfo? RejectedLogEventsInfo);

/// <param name="TooNewLogEventStartIndex">Of the first event that is too new.</param>
/// <param name="TooOldLogEventEndIndex">Behind the last event that is too old.</param>
/// <param name="ExpiredLogEventEndIndex">Behind the last event that is older than the group's retention.</param>
internal sealed record RejectedLogEventsInfo(
    int? TooNewLogEventStartIndex, int? TooOldLogEventEndIndex, int? ExpiredLogEventEndIndex);

/// <summary>Adds events to a stream; those that are too old or too new are left out and named.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, PutLogEvents and RejectedLogEventsInfo.</remarks>
internal static class PutLogEvents
{
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static PutLogEventsResponse Handle(
        Monitor<LogsState> logs, PutLogEventsRequest request, CallScope scope)
    {
        var bytes = Check(request);
        var events = request.LogEvents!.Select(each => new NewEvent(each.Timestamp!.Value, each.Message!)).ToArray();
        return logs.Ask((state, now) =>
        {
            state.Get(request.LogGroupName!, request.LogStreamName!);
            var rejected = Rejected(events, state.Get(request.LogGroupName!).ExpiryLimit(now), now);
            var from = Math.Max(rejected?.TooOldLogEventEndIndex ?? 0, rejected?.ExpiredLogEventEndIndex ?? 0);
            var accepted = events[from..(rejected?.TooNewLogEventStartIndex ?? events.Length)];
            if (accepted.Length > 0 && accepted[^1].Timestamp - accepted[0].Timestamp
                > LogsLimits.MaxBatchSpan.TotalMilliseconds) throw LogsErrors.SpanTooLong();
            var token = state.Put(request.LogGroupName!, request.LogStreamName!, accepted, now);
            scope.Meter.Add(Meter.LogGigabytes, bytes / Charge.GigabyteBytes);
            return new PutLogEventsResponse(token, rejected);
        });
    }

    /// <returns>The size of the batch.</returns>
    private static long Check(PutLogEventsRequest request)
    {
        var check = new ModelCheck()
            .GroupName(request.LogGroupName).StreamName(request.LogStreamName)
            .Required(request.LogEvents, "logEvents")
            .Count(request.LogEvents?.Count, "[]", "logEvents", 1, LogsLimits.MaxEvents);
        for (var i = 0; i < Math.Min(request.LogEvents?.Count ?? 0, LogsLimits.MaxEvents); i++)
        {
            var (timestamp, message) = request.LogEvents![i];
            var member = $"logEvents.{i + 1}.member";
            check.Required(message, $"{member}.message").Length(message, $"{member}.message", 1, int.MaxValue)
                .Required(timestamp, $"{member}.timestamp").Time(timestamp, $"{member}.timestamp");
        }

        check.ThrowIfAny();
        var total = 0L;
        var before = long.MinValue;
        foreach (var (timestamp, message) in request.LogEvents!)
        {
            var bytes = Encoding.UTF8.GetByteCount(message!) + LogsLimits.EventOverheadBytes;
            if (bytes > LogsLimits.MaxEventBytes) throw LogsErrors.EventTooLarge(bytes);
            total += bytes;
            if (timestamp < before) throw LogsErrors.NotChronological();
            before = timestamp!.Value;
        }

        return total <= LogsLimits.MaxBatchBytes ? total : throw LogsErrors.BatchTooLarge(total);
    }

    private static RejectedLogEventsInfo? Rejected(NewEvent[] events, long expiryLimit, DateTimeOffset now)
    {
        var (oldest, newest) = (
            (now - LogsLimits.MaxAge).ToUnixTimeMilliseconds(), (now + LogsLimits.MaxAhead).ToUnixTimeMilliseconds());
        var tooNew = Array.FindIndex(events, each => each.Timestamp > newest);
        var tooOld = Array.FindLastIndex(events, each => each.Timestamp < oldest) + 1;
        var expired = Array.FindLastIndex(events, each => each.Timestamp < expiryLimit) + 1;
        return tooNew < 0 && tooOld == 0 && expired == 0
            ? null
            : new RejectedLogEventsInfo(
                tooNew < 0 ? null : tooNew, tooOld == 0 ? null : tooOld, expired == 0 ? null : expired);
    }
}
