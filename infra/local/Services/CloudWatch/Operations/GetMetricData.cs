using System.Globalization;
using Isobar.Local.Services.CloudWatch.Data;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record LabelOptionsMember(string? Timezone);

internal sealed record GetMetricDataRequest(
    IReadOnlyList<MetricDataQueryMember>? MetricDataQueries, DateTimeOffset? StartTime, DateTimeOffset? EndTime,
    string? NextToken, string? ScanBy, int? MaxDatapoints, LabelOptionsMember? LabelOptions);

internal sealed record MetricDataResultMember(
    string Id, string Label, IReadOnlyList<DateTimeOffset> Timestamps, IReadOnlyList<double> Values,
    string StatusCode);

internal sealed record GetMetricDataAnswer(
    IReadOnlyList<MetricDataResultMember> MetricDataResults, string? NextToken, IReadOnlyList<string> Messages);

/// <summary>The data of several metrics in one call. Metric math and SQL are refused.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, GetMetricData and MetricDataQuery.</remarks>
internal static class GetMetricData
{
    /// <exception cref="AwsException">ValidationError, MissingParameter, InvalidNextToken.</exception>
    public static GetMetricDataAnswer Handle(MetricStores stores, GetMetricDataRequest request, CallScope scope)
    {
        if (request.MetricDataQueries is not { Count: > 0 } queries)
            throw CloudWatchErrors.Missing("MetricDataQueries");
        if (queries.Count > CloudWatchLimits.MaxQueries)
            throw CloudWatchErrors.Validation("The collection MetricDataQueries must not have a size greater than "
                + $"{CloudWatchLimits.MaxQueries}.");
        if (request.LabelOptions?.Timezone is not (null or "+0000"))
            throw CloudWatchErrors.NotSupported("Labels are written in UTC.");
        var (start, end) = Span.Of(request.StartTime, request.EndTime);
        var ascending = request.ScanBy switch
        {
            null or "TimestampDescending" => false,
            "TimestampAscending" => true,
            var other => throw Members.Invalid(other, "ScanBy"),
        };
        var skip = First(request.NextToken);
        Check(queries);
        var all = stores.Ask(scope.Region, store => queries
            .Where(query => query.ReturnData is not false)
            .Select(query => Read(store, query, start, end))
            .ToList());
        return Page(all, skip, Most(request.MaxDatapoints), ascending);
    }

    private static int Most(int? asked) => asked switch
    {
        null => CloudWatchLimits.MaxDatapoints,
        > 0 and <= CloudWatchLimits.MaxDatapoints => asked.Value,
        _ => throw CloudWatchErrors.Validation(
            $"The parameter MaxDatapoints must be between 1 and {CloudWatchLimits.MaxDatapoints}."),
    };

    private static int First(string? token) => token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first
        : throw CloudWatchErrors.InvalidToken();

    private static void Check(IReadOnlyList<MetricDataQueryMember> queries)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < queries.Count; i++)
        {
            var (query, place) = (queries[i], $"MetricDataQueries.member.{i + 1}.");
            var id = Members.Text(query.Id, place + "Id", 255);
            if (id[0] is < 'a' or > 'z' || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                throw CloudWatchErrors.Validation(
                    $"The value {id} for parameter {place}Id is not matching the expected pattern "
                    + "^[a-z][a-zA-Z0-9_]*$.");
            if (!known.Add(id)) throw CloudWatchErrors.Validation($"The id {id} is used more than once.");
            if (query.Expression is not null)
                throw CloudWatchErrors.NotSupported("Metric math and queries are not computed by this host.");
            if (query.AccountId is not null)
                throw CloudWatchErrors.NotSupported("Metrics of other accounts are not known to this host.");
            if (query.MetricStat is not { } stat) throw CloudWatchErrors.Missing(place + "MetricStat");
            if (stat.Metric is null) throw CloudWatchErrors.Missing(place + "MetricStat.Metric");
            Members.Period(stat.Period, place + "MetricStat.Period");
            Members.Stat(stat.Stat, place + "MetricStat.Stat");
            Members.Unit(stat.Unit, place + "MetricStat.Unit");
        }
    }

    private static (string Id, string Label, List<(long At, double Value)> Points) Read(
        MetricStore store, MetricDataQueryMember query, long start, long end)
    {
        var stat = query.MetricStat!;
        var metric = Members.Metric(stat.Metric!.Namespace, stat.Metric.MetricName, stat.Metric.Dimensions);
        var period = stat.Period!.Value;
        var points = store.Read(metric, stat.Unit, start - (start % period), end, period)
            .Select(one => (one.Key, Value: Statistic.Of(one.Value, stat.Stat!)))
            .Where(one => one.Value is not null)
            .Select(one => (one.Key, one.Value!.Value))
            .ToList();
        return (query.Id!, query.Label ?? metric.Name, points);
    }

    /// <summary>Gives out a page of the datapoints of all queries, taken query by query.</summary>
    private static GetMetricDataAnswer Page(
        List<(string Id, string Label, List<(long At, double Value)> Points)> all, int skip, int most, bool ascending)
    {
        var results = new List<MetricDataResultMember>();
        var (passed, left) = (0, most);
        foreach (var (id, label, points) in all)
        {
            if (!ascending) points.Reverse();
            var from = Math.Clamp(skip - passed, 0, points.Count);
            var many = Math.Min(left, points.Count - from);
            var page = points.Slice(from, many);
            passed += points.Count;
            left -= many;
            results.Add(new MetricDataResultMember(
                id, label, [.. page.Select(point => DateTimeOffset.FromUnixTimeSeconds(point.At))],
                [.. page.Select(point => point.Value)],
                from + many < points.Count ? "PartialData" : "Complete"));
        }

        var given = skip + (most - left);
        return new GetMetricDataAnswer(results, given < passed ? $"{given}" : null, []);
    }
}
