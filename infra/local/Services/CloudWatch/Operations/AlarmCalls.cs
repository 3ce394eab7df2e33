using System.Text.Json;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Alarms;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record AlarmNamesRequest(IReadOnlyList<string>? AlarmNames)
{
    /// <exception cref="AwsException">MissingParameter, ValidationError.</exception>
    public IReadOnlyList<string> Names => AlarmNames switch
    {
        null => throw CloudWatchErrors.Missing("AlarmNames"),
        { Count: > 100 } => throw CloudWatchErrors.Validation("The collection AlarmNames has at most 100 members."),
        _ => AlarmNames,
    };
}

internal sealed record SetAlarmStateRequest(
    string? AlarmName, string? StateValue, string? StateReason, string? StateReasonData);

internal sealed record DescribeAlarmHistoryRequest(
    string? AlarmName, IReadOnlyList<string>? AlarmTypes, string? HistoryItemType, DateTimeOffset? StartDate,
    DateTimeOffset? EndDate, int? MaxRecords, string? NextToken, string? ScanBy);

internal sealed record AlarmHistoryItemMember(
    string AlarmName, string AlarmType, DateTimeOffset Timestamp, string HistoryItemType, string HistorySummary,
    string HistoryData);

internal sealed record DescribeAlarmHistoryAnswer(
    IReadOnlyList<AlarmHistoryItemMember> AlarmHistoryItems, string? NextToken);

/// <summary>What is done to alarms that exist.</summary>
/// <remarks>
/// Source: Amazon CloudWatch API Reference, DeleteAlarms, EnableAlarmActions, DisableAlarmActions, SetAlarmState and
/// DescribeAlarmHistory.
/// </remarks>
internal static class AlarmCalls
{
    /// <exception cref="AwsException">ResourceNotFound: one of the alarms does not exist; none is deleted.</exception>
    public static EmptyAnswer Delete(Monitor<AlarmBook, AlarmEffect> alarms, AlarmNamesRequest request)
    {
        var names = request.Names;
        alarms.Post((book, now) =>
        {
            if (names.Any(name => book.Find(name) is null)) throw CloudWatchErrors.AlarmNotFound();
            foreach (var name in names) book.Delete(name, now);
        });
        return new EmptyAnswer();
    }

    /// <summary>Names of alarms that do not exist change nothing, as on AWS.</summary>
    public static EmptyAnswer Enable(
        Monitor<AlarmBook, AlarmEffect> alarms, AlarmNamesRequest request, bool isEnabled)
    {
        var names = request.Names;
        alarms.Post((book, now) =>
        {
            foreach (var name in names)
            {
                if (book.Find(name) is { } alarm && alarm.Definition.ActionsEnabled != isEnabled)
                    book.Put(alarm.Arn, alarm.Definition with { ActionsEnabled = isEnabled }, now);
            }
        });
        return new EmptyAnswer();
    }

    /// <exception cref="AwsException">ResourceNotFound, InvalidFormat, ValidationError.</exception>
    public static EmptyAnswer SetState(Monitor<AlarmBook, AlarmEffect> alarms, SetAlarmStateRequest request)
    {
        var state = AlarmTexts.Parse(request.StateValue)
            ?? throw CloudWatchErrors.Validation(
                $"1 validation error detected: Value '{request.StateValue}' at 'stateValue' failed to satisfy "
                + "constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
        if (request.StateReason is not { } reason) throw CloudWatchErrors.Missing("StateReason");
        if (reason.Length > 1_023) throw CloudWatchErrors.Validation("StateReason has at most 1023 characters.");
        if (request.StateReasonData is { } data && !IsJson(data)) throw CloudWatchErrors.InvalidStateReason();
        alarms.Post((book, now) => book.Set(
            book.Find(request.AlarmName ?? "") ?? throw CloudWatchErrors.AlarmNotFound(), state, reason,
            request.StateReasonData, now));
        return new EmptyAnswer();
    }

    /// <exception cref="AwsException">InvalidNextToken, InvalidParameterValue.</exception>
    public static DescribeAlarmHistoryAnswer History(
        Monitor<AlarmBook, AlarmEffect> alarms, DescribeAlarmHistoryRequest request)
    {
        var many = request.MaxRecords ?? 100;
        if (many is < 1 or > 100) throw Members.Invalid($"{many}", "MaxRecords");
        var skip = DescribeAlarms.First(request.NextToken);
        var found = alarms.Ask((book, now) => book.History(request.AlarmName, now)
            .Where(entry => (request.HistoryItemType is null || request.HistoryItemType == entry.Type)
                && !(entry.Time < request.StartDate) && !(entry.Time > request.EndDate))
            .ToList());
        if (request.ScanBy is not "TimestampAscending") found.Reverse();
        return new DescribeAlarmHistoryAnswer(
            [.. found.Skip(skip).Take(many).Select(entry => new AlarmHistoryItemMember(
                entry.AlarmName, "MetricAlarm", entry.Time, entry.Type, entry.Summary, entry.Data))],
            found.Count > skip + many ? $"{skip + many}" : null);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
