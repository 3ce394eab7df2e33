using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Alarms;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record PutMetricAlarmRequest
{
    public string? AlarmName { get; init; }
    public string? AlarmDescription { get; init; }
    public bool? ActionsEnabled { get; init; }
    public IReadOnlyList<string>? OKActions { get; init; }
    public IReadOnlyList<string>? AlarmActions { get; init; }
    public IReadOnlyList<string>? InsufficientDataActions { get; init; }
    public string? MetricName { get; init; }
    public string? Namespace { get; init; }
    public string? Statistic { get; init; }
    public string? ExtendedStatistic { get; init; }
    public IReadOnlyList<DimensionMember>? Dimensions { get; init; }
    public int? Period { get; init; }
    public string? Unit { get; init; }
    public int? EvaluationPeriods { get; init; }
    public int? DatapointsToAlarm { get; init; }
    public double? Threshold { get; init; }
    public string? ComparisonOperator { get; init; }
    public string? TreatMissingData { get; init; }
    public string? EvaluateLowSampleCountPercentile { get; init; }
    public IReadOnlyList<MetricDataQueryMember>? Metrics { get; init; }
    public IReadOnlyList<TagMember>? Tags { get; init; }
}

/// <summary>Makes an alarm on one metric, or changes the one with its name.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, PutMetricAlarm.</remarks>
internal static class PutMetricAlarm
{
    private static readonly string[] Operators =
    [
        "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold",
    ];

    /// <exception cref="AwsException">ValidationError, LimitExceeded.</exception>
    public static EmptyAnswer Handle(
        Monitor<AlarmBook, AlarmEffect> alarms, PutMetricAlarmRequest request, CallScope scope)
    {
        var definition = Read(request);
        alarms.Post((book, now) => book.Put(ArnOf(definition.Name, scope.Region, scope.AccountId), definition, now));
        return new EmptyAnswer();
    }

    public static Arn ArnOf(string name, string region, string accountId) =>
        new("aws", "cloudwatch", region, accountId, $"alarm:{name}");

    /// <summary>Checks a request, and makes an alarm's definition of it.</summary>
    /// <exception cref="AwsException">ValidationError.</exception>
    public static AlarmDefinition Read(PutMetricAlarmRequest request)
    {
        var name = request.AlarmName is { Length: > 0 and <= 255 } text
            ? text
            : throw CloudWatchErrors.Validation("The parameter AlarmName must have 1 to 255 characters.");
        if (request.AlarmDescription is { Length: > 1_024 })
            throw CloudWatchErrors.Validation("The parameter AlarmDescription has at most 1024 characters.");
        if (request.Metrics is { Count: > 0 })
            throw CloudWatchErrors.NotSupported("Alarms on metric math are not evaluated by this host.");
        var metric = Members.Metric(request.Namespace, request.MetricName, request.Dimensions);
        var statistic = (request.Statistic, request.ExtendedStatistic) switch
        {
            ({ } one, null) when Data.Statistic.IsStandard(one) => one,
            (null, { } one) when !Data.Statistic.IsStandard(one) => Members.Stat(one, "ExtendedStatistic"),
            (null, null) => throw CloudWatchErrors.Validation(
                "One of the parameters Statistic and ExtendedStatistic must be specified."),
            _ => throw CloudWatchErrors.Validation(
                "The parameter Statistic must be one of the five, or ExtendedStatistic a percentile, but not both."),
        };
        var (period, periods, needed) = Times(request);
        if (request.Threshold is not { } threshold || !double.IsFinite(threshold))
            throw CloudWatchErrors.Validation("Threshold must not be null for this comparison operator");
        var definition = new AlarmDefinition(
            name, metric, statistic, period, periods, threshold,
            OneOf(request.ComparisonOperator, "ComparisonOperator", Operators)
                ?? throw CloudWatchErrors.Validation("The parameter ComparisonOperator is required."))
        {
            Description = request.AlarmDescription,
            DatapointsToAlarm = needed,
            TreatMissingData = OneOf(
                request.TreatMissingData, "TreatMissingData", "breaching", "notBreaching", "ignore", "missing"),
            EvaluateLowSampleCountPercentile = OneOf(
                request.EvaluateLowSampleCountPercentile, "EvaluateLowSampleCountPercentile", "evaluate", "ignore"),
            Unit = Members.Unit(request.Unit),
            ActionsEnabled = request.ActionsEnabled ?? true,
            AlarmActions = Actions(request.AlarmActions, "AlarmActions"),
            OkActions = Actions(request.OKActions, "OKActions"),
            InsufficientDataActions = Actions(request.InsufficientDataActions, "InsufficientDataActions"),
            Tags = Members.Tags(request.Tags),
        };
        Check(definition);
        return definition;
    }

    /// <summary>What holds for every alarm, whoever makes it.</summary>
    /// <exception cref="AwsException">ValidationError.</exception>
    public static void Check(AlarmDefinition alarm)
    {
        if (alarm.DatapointsToAlarm > alarm.EvaluationPeriods)
            throw CloudWatchErrors.Validation("DatapointsToAlarm must be at most EvaluationPeriods.");
        var most = alarm.Period >= TimeSpan.FromHours(1)
            ? CloudWatchLimits.MaxEvaluationTime
            : CloudWatchLimits.MaxShortEvaluationTime;
        if (alarm.EvaluationPeriods > most / alarm.Period)
            throw CloudWatchErrors.Validation(
                $"Metrics cannot be checked across more than {(most.TotalDays > 1 ? "seven days" : "a day")} "
                + $"(EvaluationPeriods * Period must be <= {most.TotalSeconds:0}).");
    }

    private static (TimeSpan Period, int Periods, int Needed) Times(PutMetricAlarmRequest request)
    {
        var period = request.Period switch
        {
            null => throw CloudWatchErrors.Validation("Period must not be null"),
            10 or 20 or 30 => request.Period.Value,
            > 0 when request.Period % 60 == 0 => request.Period.Value,
            _ => throw CloudWatchErrors.Validation("Period must be 10, 20, 30 or a multiple of 60"),
        };
        if (request.EvaluationPeriods is not { } periods || periods < 1)
            throw CloudWatchErrors.Validation("The parameter EvaluationPeriods must be at least 1.");
        var needed = request.DatapointsToAlarm ?? periods;
        return needed >= 1
            ? (TimeSpan.FromSeconds(period), periods, needed)
            : throw CloudWatchErrors.Validation("The parameter DatapointsToAlarm must be at least 1.");
    }

    private static IReadOnlyList<string> Actions(IReadOnlyList<string>? actions, string parameter)
    {
        if (actions is null) return [];
        if (actions.Count > CloudWatchLimits.MaxActions)
            throw CloudWatchErrors.Validation($"The parameter {parameter} has at most 5 members.");
        foreach (var action in actions)
            if (Arn.TryParse(action) is null) throw CloudWatchErrors.Validation($"Invalid arn syntax: {action}");
        return actions;
    }

    private static string? OneOf(string? value, string parameter, params string[] known) =>
        value is null || known.Contains(value)
            ? value
            : throw CloudWatchErrors.Validation($"The value {value} for parameter {parameter} is not supported.");
}
