using System.Globalization;
using System.Xml.Linq;
using Isobar.Domain;
using Isobar.Report;

namespace Isobar.Functions.Tests.Report;

public sealed class ChartTests
{
    private static readonly Decade Nineties = new(1990);

    [Fact]
    public void A_chart_is_an_SVG_that_names_and_describes_itself()
    {
        var chart = Precipitation(
            ChartSize.Small, Months.Of("1990-01", precipitation: 10), Months.Of("1999-12", precipitation: 5));

        // Written by hand, from the size and the margins.
        Assert.Equal(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "precipitation-small.svg")), chart + "\n");
    }

    [Theory]
    [InlineData(0, 10, 5, "0 2 4 6 8 10")]
    [InlineData(0, 10, 8, "0 2 4 6 8 10")]
    [InlineData(-31.2, 38.9, 8, "-40 -30 -20 -10 0 10 20 30 40")]
    [InlineData(-31.2, 38.9, 5, "-40 -20 0 20 40")]
    [InlineData(12.1, 12.4, 5, "12.1 12.2 12.3 12.4")]
    [InlineData(7, 7, 5, "7 7.1")]
    [InlineData(0, 0, 5, "0 0.1")]
    [InlineData(-0.3, -0.3, 2, "-0.3 -0.2")]
    [InlineData(0, 999999.9, 5, "0 200000 400000 600000 800000 1000000")]
    public void The_value_axis_has_round_numbers_around_all_values(
        double least, double greatest, int mostSteps, string ticks)
    {
        var axis = ValueAxis.Over((decimal)least, (decimal)greatest, mostSteps);

        Assert.Equal(
            ticks,
            string.Join(' ', axis.Ticks.Select(tick => tick.ToString("0.#", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void The_value_axis_of_any_values_has_few_steps_and_room_for_them()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        for (var run = 0; run < 2_000; run++)
        {
            var (one, other) = (Tenths(random), Tenths(random));
            var (least, greatest, most) = (Math.Min(one, other), Math.Max(one, other), random.Next(2, 10));
            var axis = ValueAxis.Over(least, greatest, most);
            var text = $"seed {seed}: {least} to {greatest} in {most} steps: {axis}";
            Assert.True(axis.Low <= least && greatest <= axis.High && axis.Low < axis.High, text);
            Assert.True(axis.Ticks.Count() <= most + 1 && axis.Ticks.Last() == axis.High, text);
        }
    }

    [Fact]
    public void Below_zero_is_below_the_line_of_zero()
    {
        var chart = Temperature(ChartSize.Wide, Months.Of("1990-01", maximum: 5, minimum: -20));
        var zero = Number(Marks(chart, "line", "grid zero").Single(), "y1");
        var range = Marks(chart, "line", "range").Single();

        Assert.True(Number(range, "y1") > zero, "The lowest temperature, -28, is not below zero.");
        Assert.True(Number(range, "y2") < zero, "The highest temperature, 13, is not above zero.");
        Assert.Contains("\u2212", chart.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_below_zero_hang_from_the_line_of_zero()
    {
        var chart = Precipitation(
            ChartSize.Wide, Months.Of("1990-01", precipitation: -4), Months.Of("1990-02", precipitation: 4));
        var zero = Number(Marks(chart, "line", "grid zero").Single(), "y1");
        var bars = Marks(chart, "rect", "amount").ToArray();

        Assert.Equal(zero, Number(bars[0], "y"));
        Assert.Equal(zero, Number(bars[1], "y") + Number(bars[1], "height"));
    }

    [Fact]
    public void A_line_stops_at_a_month_without_a_value_and_goes_on_behind_it()
    {
        var path = Line(Temperature(
            ChartSize.Wide, Months.Of("1990-01"), Months.Of("1990-02"), Months.Of("1990-04"), Months.Of("1990-05"),
            Months.Of("1990-06", maximum: null), Months.Of("1990-07")));

        Assert.Equal("MLMLM", string.Concat(path.Where(char.IsAsciiLetterUpper)));
    }

    [Fact]
    public void A_lone_month_is_a_dot()
    {
        var path = Line(Temperature(ChartSize.Wide, Months.Of("1994-07")));

        Assert.EndsWith("h0", path, StringComparison.Ordinal);
        Assert.StartsWith("M458.9 ", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_extremes_alone_there_are_ranges_and_of_one_extreme_a_dot()
    {
        var month = Months.Of("1990-01", maximum: null, minimum: null) with { HighestTmax = 30 };
        var range = Marks(Temperature(ChartSize.Small, month), "line", "range").Single();

        Assert.Equal(Number(range, "y1"), Number(range, "y2"));
    }

    [Fact]
    public void Without_a_value_there_is_no_chart()
    {
        var month = Months.Of("1990-01", maximum: null, minimum: null, precipitation: null);

        Assert.Null(TemperatureChart.Draw("Skerry Light", Nineties, [month], ChartSize.Wide));
        Assert.Null(PrecipitationChart.Draw("Skerry Light", Nineties, [month], ChartSize.Wide));
        Assert.Null(PrecipitationChart.Draw("Skerry Light", Nineties, [], ChartSize.Wide));
    }

    [Fact]
    public void Everything_of_a_full_decade_is_inside_of_the_chart()
    {
        foreach (var size in (ChartSize[])[ChartSize.Wide, ChartSize.Small])
        {
            var months = Months.Years(1990, 10).ToArray();
            foreach (var chart in (XElement[])[Temperature(size, months), Precipitation(size, months)])
            {
                Assert.All(Coordinates(chart, "x", "x1", "x2"), x => Assert.InRange(x, 0, size.Width));
                Assert.All(Coordinates(chart, "y", "y1", "y2"), y => Assert.InRange(y, 0, size.Height));
                Assert.InRange(chart.ToString(SaveOptions.DisableFormatting).Length, 5_000, 20_000);
            }
        }
    }

    private static XElement Temperature(ChartSize size, params MonthSummary[] months) =>
        TemperatureChart.Draw("Skerry Light", Nineties, months, size)!;

    private static XElement Precipitation(ChartSize size, params MonthSummary[] months) =>
        PrecipitationChart.Draw("Skerry Light", Nineties, months, size)!;

    private static decimal Tenths(Random random) => random.Next(3) switch
    {
        0 => random.Next(-3, 4) / 10m,
        1 => random.Next(-600, 600) / 10m,
        _ => random.Next(-9_999_999, 10_000_000) / 10m,
    };

    private static string Line(XElement chart) => (string)Marks(chart, "path", "maxima").Single().Attribute("d")!;

    private static IEnumerable<XElement> Marks(XElement chart, string element, string kind) =>
        chart.Descendants(chart.Name.Namespace + element).Where(mark => (string?)mark.Attribute("class") == kind);

    private static IEnumerable<decimal> Coordinates(XElement chart, params string[] names) =>
        chart.Descendants().Attributes().Where(attribute => names.Contains(attribute.Name.LocalName))
            .Select(attribute => decimal.Parse(attribute.Value, CultureInfo.InvariantCulture));

    private static decimal Number(XElement mark, string name) =>
        decimal.Parse((string)mark.Attribute(name)!, CultureInfo.InvariantCulture);
}
