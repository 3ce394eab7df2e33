using Isobar.Local.Services.CloudWatch.Data;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record GetMetricStatisticsRequest(
    string? Namespace, string? MetricName, IReadOnlyList<DimensionMember>? Dimensions, DateTimeOffset? StartTime,
    DateTimeOffset? EndTime, int? Period, IReadOnlyList<string>? Statistics,
    IReadOnlyList<string>? ExtendedStatistics, string? Unit);

internal sealed record DatapointMember(
    DateTimeOffset Timestamp, double? SampleCount, double? Average, double? Sum, double? Minimum, double? Maximum,
    string Unit, IReadOnlyDictionary<string, double>? ExtendedStatistics);

internal sealed record GetMetricStatisticsAnswer(string Label, IReadOnlyList<DatapointMember> Datapoints);

/// <summary>Statistics of one metric, a datapoint for each period and unit that has data.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, GetMetricStatistics.</remarks>
internal static class GetMetricStatistics
{
    /// <exception cref="AwsException">MissingParameter, InvalidParameterValue, InvalidParameterCombination.</exception>
    public static GetMetricStatisticsAnswer Handle(
        MetricStores stores, GetMetricStatisticsRequest request, CallScope scope)
    {
        var metric = Members.Metric(request.Namespace, request.MetricName, request.Dimensions);
        var (start, end) = Span.Of(request.StartTime, request.EndTime);
        var period = Members.Period(request.Period, "Period");
        var unit = Members.Unit(request.Unit);
        var wanted = request.Statistics ?? [];
        var percentiles = request.ExtendedStatistics ?? [];
        Check(wanted, percentiles);
        if ((end - start) / period > CloudWatchLimits.MaxStatisticsDatapoints)
            throw CloudWatchErrors.InvalidCombination(
                $"You have requested up to {(end - start) / period:N0} datapoints, which exceeds the limit of "
                + $"{CloudWatchLimits.MaxStatisticsDatapoints:N0}. You may reduce the datapoints requested by "
                + "increasing Period, or decreasing the time range.");
        start -= start % period;
        var found = stores.Ask(scope.Region, store => (unit is null ? store.UnitsOf(metric) : [unit])
            .SelectMany(one => store.Read(metric, one, start, end, period)
                .Select(datapoint => (Unit: one, At: datapoint.Key, Values: datapoint.Value)))
            .ToList());
        return new GetMetricStatisticsAnswer(metric.Name, [.. found
            .OrderBy(one => one.At)
            .Select(one => Datapoint(one.At, one.Unit, one.Values, wanted, percentiles))]);
    }

    private static void Check(IReadOnlyList<string> wanted, IReadOnlyList<string> percentiles)
    {
        if (wanted.Count == 0 && percentiles.Count == 0)
            throw CloudWatchErrors.InvalidCombination("At least one of the parameters Statistics and "
                + "ExtendedStatistics must be specified.");
        foreach (var statistic in wanted)
            if (!Statistic.IsStandard(statistic)) throw Members.Invalid(statistic, "Statistics.member.1");
        foreach (var percentile in percentiles) Members.Stat(percentile, "ExtendedStatistics.member.1");
    }

    private static DatapointMember Datapoint(
        long at, string unit, Distribution values, IReadOnlyList<string> wanted, IReadOnlyList<string> percentiles)
    {
        var extended = percentiles
            .Select(name => (Name: name, Value: Statistic.Of(values, name)))
            .Where(one => one.Value is not null)
            .ToDictionary(one => one.Name, one => one.Value!.Value);
        return new DatapointMember(
            DateTimeOffset.FromUnixTimeSeconds(at), Of("SampleCount"), Of("Average"), Of("Sum"), Of("Minimum"),
            Of("Maximum"), unit, extended.Count > 0 ? extended : null);

        double? Of(string name) => wanted.Contains(name) ? Statistic.Of(values, name) : null;
    }
}
