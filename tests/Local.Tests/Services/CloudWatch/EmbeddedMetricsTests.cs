using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services.CloudWatch;

public sealed class EmbeddedMetricsTests
{
    private const string Line = """
        {"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[{"Namespace":"lambda-function-metrics",
        "Dimensions":[["functionVersion"]],"Metrics":[{"Name":"time","Unit":"Milliseconds","StorageResolution":60}]}]},
        "functionVersion":"$LATEST","time":100,"requestId":"989ffbf8-9ace-4817-a57c-e4dd734019ee"}
        """;

    [Fact]
    public void The_example_of_the_specification_is_one_metric()
    {
        var datum = Assert.Single(EmbeddedMetrics.Read(Line));

        Assert.Equal("lambda-function-metrics time {functionVersion=$LATEST}", datum.Metric.ToString());
        Assert.Equal([100.0], datum.Values);
        Assert.Equal(("Milliseconds", 60), (datum.Unit, datum.StorageResolution));
        Assert.Equal(1_574_109_732_004, datum.Time.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Each_set_of_dimensions_makes_a_metric_and_a_list_has_many_values()
    {
        var data = EmbeddedMetrics.Read("""
            {"_aws":{"Timestamp":0,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[[],["a"],["a","b"]],
            "Metrics":[{"Name":"m"}]}]},"a":"1","b":"2","m":[1,2,3]}
            """);

        Assert.Equal(["n m", "n m {a=1}", "n m {a=1, b=2}"], data.Select(datum => datum.Metric.ToString()));
        Assert.All(data, datum => Assert.Equal([1.0, 2.0, 3.0], datum.Values));
        Assert.All(data, datum => Assert.Equal("None", datum.Unit));
    }

    [Theory]
    [InlineData("text before", "{\"_aws\"", "INFO {\"_aws\"")]
    [InlineData("text after", "ee\"}", "ee\"} done")]
    [InlineData("no timestamp", "\"Timestamp\":1574109732004,", "")]
    [InlineData("timestamp as text", "1574109732004", "\"now\"")]
    [InlineData("no namespace", "\"Namespace\":\"lambda-function-metrics\",", "")]
    [InlineData("missing target", "\"time\":100,", "")]
    [InlineData("target as text", "\"time\":100", "\"time\":\"100\"")]
    [InlineData("nested target", "\"time\":100", "\"in\":{\"time\":100}")]
    [InlineData("missing dimension", "\"functionVersion\":\"$LATEST\",", "")]
    [InlineData("dimension as number", "\"functionVersion\":\"$LATEST\"", "\"functionVersion\":7")]
    [InlineData("unknown unit", "\"Milliseconds\"", "\"Moments\"")]
    [InlineData("wrong resolution", "\"StorageResolution\":60", "\"StorageResolution\":5")]
    [InlineData("cut off", "\"requestId\":\"989ffbf8-9ace-4817-a57c-e4dd734019ee\"}", "\"requestId\":\"989f")]
    [InlineData("half a surrogate pair in a namespace", "lambda-function-metrics", "\\ud800")]
    [InlineData("half a surrogate pair in a dimension", "$LATEST", "\\udc00")]
    [InlineData("half a surrogate pair in a unit", "Milliseconds", "\\ud800")]
    [InlineData("infinite value", "\"time\":100", "\"time\":1e999")]
    [InlineData("infinite value in a list", "\"time\":100", "\"time\":[1,-1e999]")]
    [InlineData("value that is too large", "\"time\":100", "\"time\":1e109")]
    public void A_line_with_a_defect_makes_no_metric(string defect, string part, string instead)
    {
        var line = Line.Replace(part, instead);
        Assert.True(line != Line, defect);

        Assert.Empty(EmbeddedMetrics.Read(line));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 0)]
    public void A_metric_has_at_most_a_hundred_values(int values, int metrics) => Assert.Equal(
        metrics,
        EmbeddedMetrics.Read(Line.Replace(
            "\"time\":100", $"\"time\":[{string.Join(',', Enumerable.Repeat(1, values))}]")).Count);

    [Fact]
    public void A_directive_has_at_most_a_hundred_metrics()
    {
        Assert.Equal(100, EmbeddedMetrics.Read(Many(100)).Count);
        Assert.Empty(EmbeddedMetrics.Read(Many(101)));

        static string Many(int count) => Line.Replace(
            "\"Metrics\":[{\"Name\":\"time\",\"Unit\":\"Milliseconds\",\"StorageResolution\":60}]",
            $"\"Metrics\":[{string.Join(',', Enumerable.Repeat("{\"Name\":\"time\"}", count))}]");
    }

    [Fact]
    public void A_line_over_a_megabyte_makes_no_metric() => Assert.Empty(
        EmbeddedMetrics.Read(Line.Replace("989ffbf8", new string('x', EmbeddedMetrics.MaxBytes))));

    [Fact]
    public void A_line_has_at_most_ten_thousand_data()
    {
        Assert.Equal(EmbeddedMetrics.MaxData, EmbeddedMetrics.Read(Sets(EmbeddedMetrics.MaxData)).Count);
        Assert.Empty(EmbeddedMetrics.Read(Sets(EmbeddedMetrics.MaxData + 1)));

        static string Sets(int count) =>
            Line.Replace("[[\"functionVersion\"]]", $"[{string.Join(',', Enumerable.Repeat("[]", count))}]");
    }

    [Theory]
    [InlineData(-14 * 24 * 60, 1)]
    [InlineData(-14 * 24 * 60 - 1, 0)]
    [InlineData(120, 1)]
    [InlineData(121, 0)]
    [InlineData(4_000_000_000, 0)]
    public void A_line_of_another_time_makes_no_metric(long minutesAhead, int metrics)
    {
        var real = new ManualTimeProvider();
        var clock = new ServiceClock(real, new Activity());
        clock.JumpBy(TimeSpan.FromDays(30));
        var recorder = new MetricRecorder(new Journal(clock));
        var kept = new Kept();
        recorder.KeepIn(kept);
        var at = real.GetUtcNow().ToUnixTimeMilliseconds() + minutesAhead * 60_000;
        var text = Line.Replace("1574109732004", $"{Math.Min(at, 253_402_300_799_999)}");

        new EmbeddedMetricSink(recorder, clock)
            .Write(new LogLine(real.GetUtcNow(), "f", "g", "s", "e", null, Platform: false, null, text));

        Assert.Equal(metrics, kept.Data.Count);
    }

    private sealed class Kept : IMetricStore
    {
        public List<MetricDatum> Data { get; } = [];

        public void Add(MetricDatum datum, DateTimeOffset now) => Data.Add(datum);
    }
}
