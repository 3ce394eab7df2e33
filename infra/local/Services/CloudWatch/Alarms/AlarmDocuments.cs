using System.Globalization;
using System.Text.Json.Nodes;
using Isobar.Local.Services.CloudWatch.Data;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>The JSON documents of alarms: what topics receive, and what history and reasons hold.</summary>
/// <remarks>
/// Source: Amazon CloudWatch User Guide, "Alarm events", and notifications as AWS sends them to topics.
/// </remarks>
internal static class AlarmDocuments
{
    private const int MaxSubjectCharacters = 100;

    /// <summary>The subject of a notification.</summary>
    public static string Subject(AlarmStateChange change)
    {
        var (alarm, state) = (change.Alarm, AlarmTexts.Of(change.NewState));
        var subject = $"{state}: \"{alarm.Definition.Name}\" in {RegionName(alarm.Alarm.Region)}";
        return subject.Length <= MaxSubjectCharacters ? subject : subject[..(MaxSubjectCharacters - 3)] + "...";
    }

    /// <summary>The message of a notification.</summary>
    /// <param name="configured">When the alarm was last put.</param>
    public static JsonObject Notification(AlarmStateChange change, DateTimeOffset configured)
    {
        var (status, definition) = (change.Alarm, change.Alarm.Definition);
        return new JsonObject
        {
            ["AlarmName"] = definition.Name,
            ["AlarmDescription"] = definition.Description,
            ["AWSAccountId"] = status.Alarm.AccountId,
            ["AlarmConfigurationUpdatedTimestamp"] = Time(configured),
            ["NewStateValue"] = AlarmTexts.Of(change.NewState),
            ["NewStateReason"] = status.Reason,
            ["StateChangeTime"] = Time(change.Time),
            ["Region"] = RegionName(status.Alarm.Region),
            ["AlarmArn"] = status.Alarm.ToString(),
            ["OldStateValue"] = AlarmTexts.Of(change.OldState),
            ["OKActions"] = List(definition.OkActions),
            ["AlarmActions"] = List(definition.AlarmActions),
            ["InsufficientDataActions"] = List(definition.InsufficientDataActions),
            ["Trigger"] = Trigger(definition),
        };
    }

    /// <summary>What an evaluation looked at, for StateReasonData.</summary>
    public static string ReasonData(AlarmDefinition alarm, AlarmVerdict verdict, DateTimeOffset now)
    {
        var looked = verdict.Looked.Take(alarm.EvaluationPeriods).ToList();
        var real = looked.Where(point => point.Value is not null).ToList();
        var data = new JsonObject
        {
            ["version"] = "1.0",
            ["queryDate"] = Time(now),
        };
        if (real.Count > 0) data["startDate"] = Time(DateTimeOffset.FromUnixTimeSeconds(real[^1].At));
        if (alarm.Unit is { } unit) data["unit"] = unit;
        data["statistic"] = alarm.Statistic;
        data["period"] = (int)alarm.Period.TotalSeconds;
        data["recentDatapoints"] = new JsonArray(
            [.. Enumerable.Reverse(real).Select(point => JsonValue.Create(point.Value!.Value))]);
        data["threshold"] = alarm.Threshold;
        data["evaluatedDatapoints"] = new JsonArray([.. looked.Select(point => new JsonObject
        {
            ["timestamp"] = Time(DateTimeOffset.FromUnixTimeSeconds(point.At)),
            ["sampleCount"] = point.Value is null ? null : point.SampleCount,
            ["value"] = point.Value,
        })]);
        return data.ToJsonString();
    }

    public static string StateUpdate(AlarmState old, string oldReason, Alarm alarm) => new JsonObject
    {
        ["version"] = "1.0",
        ["oldState"] = new JsonObject { ["stateValue"] = AlarmTexts.Of(old), ["stateReason"] = oldReason },
        ["newState"] = new JsonObject
        {
            ["stateValue"] = AlarmTexts.Of(alarm.State),
            ["stateReason"] = alarm.Reason,
            ["stateReasonData"] = alarm.ReasonData,
        },
    }.ToJsonString();

    /// <param name="kind"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
    public static string Configuration(Alarm alarm, string kind) => new JsonObject
    {
        ["version"] = "1.0",
        ["type"] = kind,
        [kind == "Create" ? "createdAlarm" : kind == "Update" ? "updatedAlarm" : "deletedAlarm"] = new JsonObject
        {
            ["alarmName"] = alarm.Definition.Name,
            ["alarmArn"] = alarm.Arn.ToString(),
            ["stateValue"] = AlarmTexts.Of(alarm.State),
            ["threshold"] = alarm.Definition.Threshold,
            ["comparisonOperator"] = alarm.Definition.ComparisonOperator,
            ["evaluationPeriods"] = alarm.Definition.EvaluationPeriods,
        },
    }.ToJsonString();

    /// <param name="error">Null when the action was performed.</param>
    public static string Action(string action, AlarmStateChange change, string? error) => new JsonObject
    {
        ["actionState"] = error is null ? "Succeeded" : "Failed",
        ["stateUpdateTimestamp"] = change.Time.ToUnixTimeMilliseconds(),
        ["notificationResource"] = action,
        ["error"] = error,
    }.ToJsonString();

    private static JsonObject Trigger(AlarmDefinition alarm)
    {
        var isStandard = Statistic.IsStandard(alarm.Statistic);
        var trigger = new JsonObject
        {
            ["MetricName"] = alarm.Metric.Name,
            ["Namespace"] = alarm.Metric.Namespace,
            ["StatisticType"] = isStandard ? "Statistic" : "ExtendedStatistic",
        };
        if (isStandard) trigger["Statistic"] = Capitals(alarm.Statistic);
        else trigger["ExtendedStatistic"] = alarm.Statistic;
        trigger["Unit"] = alarm.Unit;
        trigger["Dimensions"] = new JsonArray([.. alarm.Metric.Dimensions.Select(dimension => new JsonObject
        {
            ["value"] = dimension.Value,
            ["name"] = dimension.Name,
        })]);
        trigger["Period"] = (int)alarm.Period.TotalSeconds;
        trigger["EvaluationPeriods"] = alarm.EvaluationPeriods;
        trigger["DatapointsToAlarm"] = alarm.DatapointsToAlarm;
        trigger["ComparisonOperator"] = alarm.ComparisonOperator;
        trigger["Threshold"] = alarm.Threshold;
        trigger["TreatMissingData"] = alarm.TreatMissingData ?? "missing";
        trigger["EvaluateLowSampleCountPercentile"] = alarm.EvaluateLowSampleCountPercentile ?? "";
        return trigger;
    }

    private static string Capitals(string statistic) =>
        statistic == "SampleCount" ? "SAMPLE_COUNT" : statistic.ToUpperInvariant();

    private static JsonArray List(IReadOnlyList<string> texts) =>
        new([.. texts.Select(text => JsonValue.Create(text))]);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    /// <summary>A Region's name for people; AWS writes it in notifications.</summary>
    private static string RegionName(string region) => region switch
    {
        "us-east-1" => "US East (N. Virginia)",
        "us-east-2" => "US East (Ohio)",
        "us-west-1" => "US West (N. California)",
        "us-west-2" => "US West (Oregon)",
        "eu-west-1" => "EU (Ireland)",
        "eu-central-1" => "EU (Frankfurt)",
        _ => region,
    };
}
