using Isobar.Local.Services.CloudWatch.Data;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>One period that an alarm looks at; a missing one has no value.</summary>
/// <param name="At">Its start, in seconds since 1970.</param>
internal readonly record struct AlarmDatapoint(long At, double? Value, double SampleCount);

/// <summary>What an evaluation comes to.</summary>
/// <param name="State">Null to keep the state that the alarm has.</param>
internal sealed record AlarmVerdict(AlarmState? State, string Reason, IReadOnlyList<AlarmDatapoint> Looked);

/// <summary>
/// How an alarm's state follows from its datapoints: M of N periods, with the treatment of missing data.
/// </summary>
/// <remarks>
/// Source: Amazon CloudWatch User Guide, "Evaluating an alarm" and "Configuring how CloudWatch alarms treat missing
/// data"; its two tables are a test.
/// </remarks>
internal static class AlarmRules
{
    /// <summary>Periods that are looked at beyond the N: as many as in AWS's tables.</summary>
    private const int MorePeriods = 2;

    /// <summary>Periods that an alarm looks at.</summary>
    public static int Range(AlarmDefinition alarm) => alarm.EvaluationPeriods + MorePeriods;

    /// <summary>The range of periods that ended at an instant, newest first.</summary>
    /// <param name="end">In seconds since 1970, a multiple of the period.</param>
    public static IReadOnlyList<AlarmDatapoint> Look(
        AlarmDefinition alarm, SortedList<long, Distribution> periods, long end)
    {
        var period = (long)alarm.Period.TotalSeconds;
        var looked = new AlarmDatapoint[Range(alarm)];
        for (var i = 0; i < looked.Length; i++)
        {
            var at = end - ((i + 1) * period);
            var values = periods.GetValueOrDefault(at);
            looked[i] = new AlarmDatapoint(
                at, values is null ? null : Statistic.Of(values, alarm.Statistic), values?.SampleCount ?? 0);
        }

        return looked;
    }

    /// <param name="looked">Newest first.</param>
    public static AlarmVerdict Judge(AlarmDefinition alarm, IReadOnlyList<AlarmDatapoint> looked)
    {
        var (most, needed) = (alarm.EvaluationPeriods, alarm.DatapointsToAlarm);
        var real = looked.Where(point => point.Value is not null).Take(most).ToList();
        var breaching = real.Count(point => IsBreaching(alarm, point.Value!.Value));
        if (IsTooFew(alarm, real)) return new AlarmVerdict(null, "", looked);
        var missing = most - real.Count;
        if (missing == 0) return Seen(breaching >= needed);
        return alarm.TreatMissingData switch
        {
            "breaching" => Seen(breaching + missing >= needed, missing),
            "notBreaching" => Seen(breaching >= needed, missing),
            "ignore" when breaching == real.Count && breaching < needed => new AlarmVerdict(null, "", looked),
            "ignore" => Seen(breaching >= needed),
            _ => Missing(),
        };

        AlarmVerdict Seen(bool isAlarm, int treated = 0) => new(
            isAlarm ? AlarmState.Alarm : AlarmState.Ok,
            AlarmTexts.Crossed(alarm, real, isAlarm, breaching, treated), looked);

        AlarmVerdict Missing()
        {
            if (real.Count == 0)
                return new AlarmVerdict(AlarmState.InsufficientData, AlarmTexts.Unknown(missing), looked);
            if (breaching >= needed || breaching < real.Count) return Seen(breaching >= needed);
            // Only breaching ones, and too few: an alarm once the oldest is as old as it takes, and all since are
            // breaching or missing.
            var oldest = looked.Take(most).ToList().FindLastIndex(point => point.Value is not null) + 1;
            return oldest >= needed ? Seen(isAlarm: true) : new AlarmVerdict(null, "", looked);
        }
    }

    /// <summary>The state of an alarm that has no data at all; null when it keeps the one it has.</summary>
    public static AlarmState? WithoutData(AlarmDefinition alarm) => alarm.TreatMissingData switch
    {
        "breaching" => AlarmState.Alarm,
        "notBreaching" => AlarmState.Ok,
        "ignore" => null,
        _ => AlarmState.InsufficientData,
    };

    public static bool IsBreaching(AlarmDefinition alarm, double value) => alarm.ComparisonOperator switch
    {
        "GreaterThanThreshold" => value > alarm.Threshold,
        "GreaterThanOrEqualToThreshold" => value >= alarm.Threshold,
        "LessThanThreshold" => value < alarm.Threshold,
        _ => value <= alarm.Threshold,
    };

    /// <summary>
    /// Whether a percentile has too few samples to mean something, where the alarm is to ignore that.
    /// </summary>
    /// <remarks>
    /// Source: Amazon CloudWatch User Guide, "Percentile-based alarms and low data samples": 10 / (1 - percentile)
    /// samples from the median on, below it 10 / percentile.
    /// </remarks>
    private static bool IsTooFew(AlarmDefinition alarm, List<AlarmDatapoint> real)
    {
        if (alarm.EvaluateLowSampleCountPercentile != "ignore" || Statistic.Percent(alarm.Statistic) is not { } percent)
            return false;
        var share = percent / 100;
        var enough = share >= 0.5 ? 10 / (1 - share) : 10 / share;
        return real.Any(point => point.SampleCount < enough);
    }
}
