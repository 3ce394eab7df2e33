using System.Globalization;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Alarms;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record DescribeAlarmsRequest(
    IReadOnlyList<string>? AlarmNames, string? AlarmNamePrefix, IReadOnlyList<string>? AlarmTypes, string? StateValue,
    string? ActionPrefix, int? MaxRecords, string? NextToken);

internal sealed record DescribeAlarmsForMetricRequest(
    string? MetricName, string? Namespace, string? Statistic, string? ExtendedStatistic,
    IReadOnlyList<DimensionMember>? Dimensions, int? Period, string? Unit);

internal sealed record MetricAlarmMember(
    string AlarmName, string AlarmArn, string? AlarmDescription, DateTimeOffset AlarmConfigurationUpdatedTimestamp,
    bool ActionsEnabled, IReadOnlyList<string> OKActions, IReadOnlyList<string> AlarmActions,
    IReadOnlyList<string> InsufficientDataActions, string StateValue, string StateReason, string? StateReasonData,
    DateTimeOffset StateUpdatedTimestamp, string MetricName, string Namespace, string? Statistic,
    string? ExtendedStatistic, IReadOnlyList<DimensionMember> Dimensions, int Period, string? Unit,
    int EvaluationPeriods, int? DatapointsToAlarm, double Threshold, string ComparisonOperator,
    string? TreatMissingData, string? EvaluateLowSampleCountPercentile, DateTimeOffset StateTransitionedTimestamp)
{
    public static MetricAlarmMember Of(AlarmView view)
    {
        var (status, alarm) = (view.Status, view.Status.Definition);
        var isStandard = Data.Statistic.IsStandard(alarm.Statistic);
        return new MetricAlarmMember(
            alarm.Name, status.Alarm.ToString(), alarm.Description, view.ConfigurationUpdated, alarm.ActionsEnabled,
            alarm.OkActions, alarm.AlarmActions, alarm.InsufficientDataActions, AlarmTexts.Of(status.State),
            status.Reason, view.ReasonData, status.StateUpdated, alarm.Metric.Name, alarm.Metric.Namespace,
            isStandard ? alarm.Statistic : null, isStandard ? null : alarm.Statistic,
            MetricMember.Of(alarm.Metric).Dimensions!, (int)alarm.Period.TotalSeconds, alarm.Unit,
            alarm.EvaluationPeriods, alarm.DatapointsToAlarm, alarm.Threshold, alarm.ComparisonOperator,
            alarm.TreatMissingData, alarm.EvaluateLowSampleCountPercentile, view.StateTransitioned);
    }
}

internal sealed record DescribeAlarmsAnswer(
    IReadOnlyList<MetricAlarmMember> MetricAlarms, IReadOnlyList<string>? CompositeAlarms, string? NextToken);

internal sealed record DescribeAlarmsForMetricAnswer(IReadOnlyList<MetricAlarmMember> MetricAlarms);

/// <summary>Alarms by name, prefix or state, or by the metric that they watch. There are no composite alarms.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, DescribeAlarms and DescribeAlarmsForMetric.</remarks>
internal static class DescribeAlarms
{
    private const int MaxRecords = 100;

    /// <remarks>Source: Amazon CloudWatch API Reference, DescribeAlarms, MaxRecords.</remarks>
    private const int DefaultRecords = 50;

    /// <exception cref="AwsException">ValidationError, InvalidNextToken.</exception>
    public static DescribeAlarmsAnswer Handle(
        Monitor<AlarmBook, AlarmEffect> alarms, DescribeAlarmsRequest request)
    {
        if (request is { AlarmNames.Count: > 0, AlarmNamePrefix: not null })
            throw CloudWatchErrors.Validation("AlarmNamePrefix and AlarmNames are mutually exclusive.");
        if (request.StateValue is { } wanted && AlarmTexts.Parse(wanted) is null)
            throw Members.Invalid(wanted, "StateValue");
        var many = request.MaxRecords ?? DefaultRecords;
        if (many is < 1 or > MaxRecords) throw Members.Invalid($"{many}", "MaxRecords");
        if (request.AlarmTypes is { Count: > 0 } types && !types.Contains("MetricAlarm"))
            return new DescribeAlarmsAnswer([], [], null);
        var skip = First(request.NextToken);
        var found = alarms.Ask((book, _) => book.All
            .Where(alarm => Matches(alarm, request))
            .Skip(skip).Take(many + 1)
            .Select(AlarmView.Of).ToList());
        return new DescribeAlarmsAnswer(
            [.. found.Take(many).Select(MetricAlarmMember.Of)], [], found.Count > many ? $"{skip + many}" : null);
    }

    /// <exception cref="AwsException">MissingParameter, InvalidParameterValue.</exception>
    public static DescribeAlarmsForMetricAnswer HandleForMetric(
        Monitor<AlarmBook, AlarmEffect> alarms, DescribeAlarmsForMetricRequest request)
    {
        var metric = Members.Metric(request.Namespace, request.MetricName, request.Dimensions);
        var statistic = request.Statistic ?? request.ExtendedStatistic;
        var found = alarms.Ask((book, _) => book.All
            .Where(alarm => alarm.Definition.Metric.Equals(metric)
                && (statistic is null || statistic == alarm.Definition.Statistic)
                && (request.Period is null || request.Period == (int)alarm.Definition.Period.TotalSeconds)
                && (request.Unit is null || request.Unit == alarm.Definition.Unit))
            .Select(AlarmView.Of).ToList());
        return new DescribeAlarmsForMetricAnswer([.. found.Select(MetricAlarmMember.Of)]);
    }

    /// <summary>Where a page begins.</summary>
    public static int First(string? token) => token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first
        : throw CloudWatchErrors.InvalidToken();

    private static bool Matches(Alarm alarm, DescribeAlarmsRequest request) =>
        (request.AlarmNames is not { Count: > 0 } names || names.Contains(alarm.Definition.Name))
        && (request.AlarmNamePrefix is not { } prefix
            || alarm.Definition.Name.StartsWith(prefix, StringComparison.Ordinal))
        && (request.StateValue is not { } state || AlarmTexts.Of(alarm.State) == state)
        && (request.ActionPrefix is not { } action
            || alarm.Definition.AlarmActions.Concat(alarm.Definition.OkActions)
                .Concat(alarm.Definition.InsufficientDataActions)
                .Any(one => one.StartsWith(action, StringComparison.Ordinal)));
}
