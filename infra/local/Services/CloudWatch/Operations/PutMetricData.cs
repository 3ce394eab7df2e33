using Isobar.Local.Services.CloudWatch.Data;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record StatisticSetMember(double? SampleCount, double? Sum, double? Minimum, double? Maximum);

internal sealed record MetricDatumMember(
    string? MetricName, IReadOnlyList<DimensionMember>? Dimensions, DateTimeOffset? Timestamp, double? Value,
    StatisticSetMember? StatisticValues, IReadOnlyList<double>? Values, IReadOnlyList<double>? Counts, string? Unit,
    int? StorageResolution);

internal sealed record PutMetricDataRequest(
    string? Namespace, IReadOnlyList<MetricDatumMember>? MetricData, bool? StrictEntityValidation);

/// <summary>Adds data of a caller's own metrics.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, PutMetricData and MetricDatum.</remarks>
internal static class PutMetricData
{
    /// <exception cref="AwsException">MissingParameter, InvalidParameterValue, InvalidParameterCombination.</exception>
    public static EmptyAnswer Handle(
        MetricStores stores, PutMetricDataRequest request, CallScope scope, DateTimeOffset now)
    {
        var space = Members.Text(request.Namespace, "Namespace", CloudWatchLimits.MaxNameCharacters);
        if (space.StartsWith("AWS/", StringComparison.Ordinal)) throw Members.Invalid(space, "Namespace");
        if (request.MetricData is not { Count: > 0 } data) throw CloudWatchErrors.Missing("MetricData");
        if (data.Count > CloudWatchLimits.MaxDataInPut)
            throw CloudWatchErrors.InvalidValue(
                $"The collection MetricData must not have a size greater than {CloudWatchLimits.MaxDataInPut}.");
        var read = new List<(Metric Metric, string Unit, DateTimeOffset Time, bool IsFine, DatumValues Values)>();
        for (var i = 0; i < data.Count; i++)
        {
            var (datum, place) = (data[i], $"MetricData.member.{i + 1}.");
            var metric = Members.Metric(space, datum.MetricName, datum.Dimensions, place);
            var time = datum.Timestamp ?? now;
            if (time < now - CloudWatchLimits.MaxAge || time > now + CloudWatchLimits.MaxAhead)
                throw CloudWatchErrors.InvalidValue(
                    $"The parameter {place}Timestamp must specify a time within the past two weeks and at most two "
                    + "hours in the future.");
            if (datum.StorageResolution is not (null or 1 or 60))
                throw Members.Invalid($"{datum.StorageResolution}", place + "StorageResolution");
            read.Add((metric, Members.Unit(datum.Unit, place + "Unit") ?? MetricUnit.None, time,
                datum.StorageResolution == 1, ValuesOf(datum, place)));
        }

        stores.Post(scope.Region, store =>
        {
            foreach (var (metric, unit, time, isFine, values) in read) store.Add(metric, unit, time, isFine, values);
        });
        return new EmptyAnswer();
    }

    private static DatumValues ValuesOf(MetricDatumMember datum, string place)
    {
        var forms = (datum.Value is null ? 0 : 1) + (datum.StatisticValues is null ? 0 : 1)
            + (datum.Values is { Count: > 0 } ? 1 : 0);
        if (forms == 0) throw CloudWatchErrors.Missing(place + "Value");
        if (forms > 1)
            throw CloudWatchErrors.InvalidCombination(
                $"The parameters {place}Value, {place}Values and {place}StatisticValues are mutually exclusive.");
        if (datum.Counts is { Count: > 0 } && datum.Values is not { Count: > 0 })
            throw CloudWatchErrors.InvalidCombination($"{place}Counts needs {place}Values.");
        if (datum.Value is { } value) return new SingleValues([Number(value, place + "Value")], [1]);
        return datum.StatisticValues is { } set ? SetOf(set, place + "StatisticValues.") : ListOf(datum, place);
    }

    private static SingleValues ListOf(MetricDatumMember datum, string place)
    {
        var values = datum.Values!;
        var counts = datum.Counts is { Count: > 0 } given ? given : [.. Enumerable.Repeat(1.0, values.Count)];
        if (values.Count > CloudWatchLimits.MaxValuesInDatum)
            throw CloudWatchErrors.InvalidValue(
                $"The collection {place}Values must not have a size greater than {CloudWatchLimits.MaxValuesInDatum}.");
        if (counts.Count != values.Count)
            throw CloudWatchErrors.InvalidValue($"{place}Values and {place}Counts must have the same length.");
        foreach (var value in values) Number(value, place + "Values");
        foreach (var count in counts)
            if (!(Number(count, place + "Counts") > 0)) throw Members.Invalid($"{count}", place + "Counts");
        return new SingleValues(values, counts);
    }

    private static StatisticSetValues SetOf(StatisticSetMember set, string place)
    {
        var read = new StatisticSetValues(
            Needed(set.SampleCount, "SampleCount"), Needed(set.Sum, "Sum"), Needed(set.Minimum, "Minimum"),
            Needed(set.Maximum, "Maximum"));
        if (!(read.SampleCount > 0)) throw Members.Invalid($"{read.SampleCount}", place + "SampleCount");
        return read.Minimum <= read.Maximum
            ? read
            : throw CloudWatchErrors.InvalidCombination(
                $"The parameter {place}Maximum must be greater than {place}Minimum.");

        double Needed(double? value, string member) =>
            Number(value ?? throw CloudWatchErrors.Missing(place + member), place + member);
    }

    private static double Number(double value, string parameter) =>
        double.IsFinite(value) && Math.Abs(value) <= CloudWatchLimits.MaxValue
            ? value
            : throw Members.Invalid($"{value}", parameter);
}
