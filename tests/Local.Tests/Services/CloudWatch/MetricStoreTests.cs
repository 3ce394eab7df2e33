using Isobar.Local.Services;
using Isobar.Local.Services.CloudWatch;
using Isobar.Local.Services.CloudWatch.Data;

namespace Isobar.Local.Tests.Services.CloudWatch;

public sealed class MetricStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly Metric Orders = new("app", "orders");

    [Fact]
    public void Every_statistic_of_a_period_is_exact()
    {
        var period = new Distribution();
        foreach (var value in (double[])[4, 1, 3, 2]) period.Add(value);
        period.Add(10, count: 6);

        Assert.Equal(
            (10, 70, 7, 1, 10),
            (period.SampleCount, period.Sum, period.Average, period.Minimum, period.Maximum));
        Assert.Equal(4, period.Percentile(40));
        Assert.Equal(10, period.Percentile(41));
        Assert.Equal(1, period.Percentile(0));
        Assert.Equal(10, period.Percentile(100));
    }

    [Fact]
    public void A_percentile_of_many_values_is_off_by_one_percent_at_most()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var period = new Distribution();
        var values = new List<double>();
        for (var i = 0; i < 20_000; i++)
        {
            var value = Math.Exp(random.NextDouble() * 12);
            values.Add(value);
            period.Add(value);
        }

        values.Sort();
        foreach (var percent in (double[])[1, 10, 50, 90, 99, 99.9])
        {
            var exact = values[(int)Math.Ceiling(percent / 100 * values.Count) - 1];
            var off = Math.Abs(period.Percentile(percent)!.Value - exact) / exact;
            Assert.True(off <= 0.0101, $"p{percent} is off by {off:P2}; ISOBAR_SEED={seed}");
        }

        Assert.True(period.Kept <= 2_000, $"{period.Kept} values are kept");
    }

    [Fact]
    public void A_percentile_does_not_exist_with_negative_values_or_sets_of_unknown_ones()
    {
        var negative = new Distribution();
        negative.Add(-1);
        var unknown = new Distribution();
        unknown.AddSet(10, 50, 1, 9);
        var same = new Distribution();
        same.AddSet(10, 50, 5, 5);

        Assert.Null(negative.Percentile(50));
        Assert.Null(unknown.Percentile(50));
        Assert.Equal(5, unknown.Average);
        Assert.Equal(5, same.Percentile(99));
    }

    [Fact]
    public void The_order_of_dimensions_does_not_matter_and_one_more_is_another_metric()
    {
        var one = new Metric("app", "orders", new("a", "1"), new("b", "2"));
        var same = new Metric("app", "orders", new("b", "2"), new("a", "1"));

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, new Metric("app", "orders", new MetricDimension("a", "1")));
        Assert.NotEqual(one, new Metric("app", "orders", new("a", "1"), new("b", "3")));
    }

    [Fact]
    public void Periods_are_made_of_minutes_and_of_seconds_where_a_datum_has_them()
    {
        var store = new MetricStore(new CloudWatchLimits());
        store.Add(Orders, "Count", Start.AddSeconds(5), isHighResolution: false, 1);
        store.Add(Orders, "Count", Start.AddSeconds(65), isHighResolution: false, 2);
        store.Add(Orders, "Count", Start.AddSeconds(67), isHighResolution: true, new SingleValues([4], [1]));

        Assert.Equal([1.0, 6.0], Sums(60));
        Assert.Equal([7.0], Sums(300));
        Assert.Equal([4.0], Sums(10));

        IEnumerable<double> Sums(int period) => store
            .Read(Orders, null, Start.ToUnixTimeSeconds(), Start.AddMinutes(5).ToUnixTimeSeconds(), period)
            .Values.Select(values => values.Sum);
    }

    [Fact]
    public void Past_its_bound_the_metric_that_is_quiet_the_longest_makes_room()
    {
        var store = new MetricStore(new CloudWatchLimits { MaxMetrics = 10 });
        for (var i = 0; i < 1_000; i++) store.Add(Of(i), "Count", Start.AddMinutes(i), isHighResolution: false, 1);

        Assert.Equal(10, store.Count);
        Assert.Equal(10, store.Kept);
        Assert.Equal(
            Enumerable.Range(990, 10).Select(i => Of(i).ToString()),
            store.Metrics.Select(metric => metric.ToString()).Order(StringComparer.Ordinal));

        static Metric Of(int i) => new("app", $"orders-{i}");
    }

    [Fact]
    public void Past_its_bound_of_values_the_oldest_datapoints_are_dropped()
    {
        var store = new MetricStore(new CloudWatchLimits { MaxValues = 1_000 });
        for (var i = 0; i < 20_000; i++) store.Add(Orders, "Count", Start.AddMinutes(i), isHighResolution: false, 1);

        Assert.InRange(store.Kept, 500, 1_000);
        Assert.Equal(Start.AddMinutes(19_999).ToUnixTimeSeconds(), store.Newest(Orders));
    }

    [Fact]
    public void Datapoints_are_kept_for_fifteen_days_and_then_the_metric_is_gone()
    {
        var store = new MetricStore(new CloudWatchLimits());
        store.Add(Orders, "Count", Start, isHighResolution: false, 1);

        store.Expire(Start.AddDays(15));
        Assert.Equal(1, store.Count);
        store.Expire(Start.AddDays(15).AddMinutes(1));
        Assert.Equal((0, 0), (store.Count, store.Kept));
    }

    [Fact]
    public void A_watch_is_told_of_the_first_datum_and_again_after_it_has_rested()
    {
        var (store, told) = (new MetricStore(new CloudWatchLimits()), 0);
        var watch = new Watch(Orders, () => told++);
        store.Add(watch);
        for (var i = 0; i < 3; i++) store.Add(Orders, "Count", Start, isHighResolution: false, 1);
        Assert.Equal(1, told);

        watch.Rest();
        store.Add(Orders, "Count", Start, isHighResolution: false, 1);
        Assert.Equal(2, told);
        store.Remove(watch);
        watch.Rest();
        store.Add(Orders, "Count", Start, isHighResolution: false, 1);
        Assert.Equal(2, told);
    }
}
