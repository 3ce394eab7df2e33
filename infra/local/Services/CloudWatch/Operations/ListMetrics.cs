using System.Globalization;
using Isobar.Local.Services.CloudWatch.Data;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record ListMetricsRequest(
    string? Namespace, string? MetricName, IReadOnlyList<DimensionMember>? Dimensions, string? NextToken,
    string? RecentlyActive);

internal sealed record ListMetricsAnswer(IReadOnlyList<MetricMember> Metrics, string? NextToken);

/// <summary>The metrics that have had data in the last two weeks, in a fixed order.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, ListMetrics.</remarks>
internal static class ListMetrics
{
    private static readonly TimeSpan Recently = TimeSpan.FromHours(3);

    private static readonly TimeSpan Listed = TimeSpan.FromDays(14);

    /// <exception cref="AwsException">InvalidParameterValue.</exception>
    public static ListMetricsAnswer Handle(
        MetricStores stores, ListMetricsRequest request, CallScope scope, DateTimeOffset now)
    {
        if (request.Dimensions is { Count: > 10 })
            throw CloudWatchErrors.InvalidValue("The collection Dimensions must not have a size greater than 10.");
        var since = (now - (request.RecentlyActive switch
        {
            null => Listed,
            "PT3H" => Recently,
            var other => throw Members.Invalid(other, "RecentlyActive"),
        })).ToUnixTimeSeconds();
        var skip = request.NextToken is not { } token ? 0
            : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first
            : throw Members.Invalid(token, "NextToken");
        var found = stores.Ask(scope.Region, store => store.Metrics
            .Where(metric => Matches(metric, request) && store.Newest(metric) >= since)
            .ToList());
        var sorted = found.OrderBy(metric => metric.ToString(), StringComparer.Ordinal).Skip(skip).ToList();
        return new ListMetricsAnswer(
            [.. sorted.Take(CloudWatchLimits.MaxListed).Select(MetricMember.Of)],
            sorted.Count > CloudWatchLimits.MaxListed ? $"{skip + CloudWatchLimits.MaxListed}" : null);
    }

    private static bool Matches(Metric metric, ListMetricsRequest request) =>
        (request.Namespace is null || request.Namespace == metric.Namespace)
        && (request.MetricName is null || request.MetricName == metric.Name)
        && (request.Dimensions ?? []).All(filter => metric.Dimensions.Any(dimension =>
            dimension.Name == filter.Name && (filter.Value is null || filter.Value == dimension.Value)));
}
