using Isobar.Local.Commands;

namespace Isobar.Local.Tests.Commands;

public sealed class MetricChartTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public void A_line_has_the_number_and_a_block_for_each_period()
    {
        var span = MetricSpan.Of(Now, TimeSpan.FromMinutes(4), 42);
        double[] times = [span.Start, span.Start + 60, span.Start + 180];
        var lines = MetricChart.Draw("echo", span, new MetricDataAnswered(
            [new MetricResultAnswered("invocations", times, [1, 7, 0]), new MetricResultAnswered("errors", [], [])]))
            .ToList();

        Assert.Equal("echo, 2026-01-12 11:57 to 2026-01-12 12:01 UTC, a column is 1 minute", lines[0]);
        Assert.Equal("Invocations                 8 total   [green]▂█ ▁[/]", lines[1]);
        Assert.Equal("Errors                      - total   [red][/]", lines[2]);
        Assert.Equal(7, lines.Count);
    }

    [Theory]
    [InlineData(60, 42, 120, 30)]
    [InlineData(60, 60, 60, 60)]
    [InlineData(1_440, 42, 2_100, 42)]
    [InlineData(1, 42, 60, 1)]
    public void Columns_are_minutes_as_many_as_it_takes_to_fit(int minutes, int most, int period, int columns)
    {
        var span = MetricSpan.Of(Now, TimeSpan.FromMinutes(minutes), most);

        Assert.Equal((period, columns), (span.Period, span.Columns));
        Assert.True(span.End > Now.ToUnixTimeSeconds());
        Assert.Equal(0, span.Start % period);
    }
}
