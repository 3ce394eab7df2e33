using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Isobar.Local.Commands;

/// <summary>Draws the metrics of a function of a running host, read through CloudWatch's API.</summary>
internal static class MetricsCommand
{
    private const int UsualWidth = 80;
    private const int MaxWidth = 200;

    private static readonly TimeSpan UsualSpan = TimeSpan.FromHours(1);

    public static Command Create()
    {
        var endpoint = HostClient.EndpointOption();
        var function = new Argument<string>("function")
        {
            Description = "The name of the function, or name:alias for what was invoked by an alias or version",
        };
        var since = new Option<TimeSpan>("--since")
        {
            Description = "How far back to look, such as 30m, 3h or 1d [default: 1h]",
            DefaultValueFactory = _ => UsualSpan,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (ClockCommand.ParseStep(text) is { } span && span >= TimeSpan.FromMinutes(1)
                    && span <= TimeSpan.FromDays(14)) return span;
                result.AddError($"--since takes 1m to 14d, such as 30m, 3h or 1d, not '{text}'.");
                return default;
            },
        };
        var command = new Command(
            "metrics", "Draw invocations, errors, duration and concurrency of a function of a running host")
        {
            function, since, endpoint,
        };
        command.SetAction((line, cancellationToken) => RunAsync(
            line.GetValue(endpoint)!, line.GetValue(function)!, line.GetValue(since), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Uri endpoint, string function, TimeSpan since, CancellationToken cancellationToken)
    {
        using var host = new HostClient(endpoint);
        // Metrics are on the service clock, which may be ahead of this machine's.
        var clock = await host.GetAsync(ClockApi.Path, ClockJson.Default.ClockView, cancellationToken);
        var width = Console.IsOutputRedirected ? UsualWidth : Math.Clamp(AnsiConsole.Profile.Width, 40, MaxWidth);
        var span = MetricSpan.Of(clock.Now, since, width - MetricChart.LabelWidth);
        var body = JsonContent.Create(MetricQueries.Of(function, span), MetricsJson.Default.MetricDataAsked);
        var answer = await host.CallAsync(
            "monitoring", "GraniteServiceVersion20100801.GetMetricData", body, MetricsJson.Default.MetricDataAnswered,
            cancellationToken);
        var console = Console.IsOutputRedirected ? Plain() : AnsiConsole.Console;
        foreach (var line in MetricChart.Draw(function, span, answer)) console.MarkupLine(line);
        return 0;
    }

    private static IAnsiConsole Plain()
    {
        var plain = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        plain.Profile.Width = int.MaxValue;
        return plain;
    }
}

/// <summary>The columns of the chart.</summary>
/// <param name="Start">In seconds since 1970, a multiple of the period.</param>
/// <param name="Period">Of a column, in seconds; a multiple of 60.</param>
internal sealed record MetricSpan(long Start, int Period, int Columns)
{
    public long End => Start + ((long)Period * Columns);

    /// <summary>At most so many columns that end with the minute that is running.</summary>
    public static MetricSpan Of(DateTimeOffset now, TimeSpan since, int maxColumns)
    {
        var minutes = (int)Math.Ceiling(since.TotalMinutes);
        var period = 60 * ((minutes + maxColumns - 1) / maxColumns);
        var end = (now.ToUnixTimeSeconds() / period * period) + period;
        var columns = Math.Min(maxColumns, ((minutes * 60) + period - 1) / period);
        return new MetricSpan(end - ((long)period * columns), period, columns);
    }
}

internal sealed record MetricDataAsked(
    IReadOnlyList<MetricQueryAsked> MetricDataQueries, long StartTime, long EndTime, string ScanBy);

internal sealed record MetricQueryAsked(string Id, MetricStatAsked MetricStat);

internal sealed record MetricStatAsked(MetricAsked Metric, int Period, string Stat);

internal sealed record MetricAsked(
    string Namespace, string MetricName, IReadOnlyList<DimensionAsked> Dimensions);

internal sealed record DimensionAsked(string Name, string Value);

internal sealed record MetricDataAnswered(IReadOnlyList<MetricResultAnswered> MetricDataResults);

internal sealed record MetricResultAnswered(
    string Id, IReadOnlyList<double> Timestamps, IReadOnlyList<double> Values)
{
    /// <summary>A value for each column; null where there were no data.</summary>
    public double?[] In(MetricSpan span)
    {
        var columns = new double?[span.Columns];
        for (var i = 0; i < Timestamps.Count; i++)
        {
            var column = ((long)Timestamps[i] - span.Start) / span.Period;
            if (column >= 0 && column < columns.Length) columns[column] = Values[i];
        }

        return columns;
    }
}

[JsonSerializable(typeof(MetricDataAsked))]
[JsonSerializable(typeof(MetricDataAnswered))]
internal sealed partial class MetricsJson : JsonSerializerContext;

/// <summary>What the chart asks CloudWatch for.</summary>
internal static class MetricQueries
{
    public static MetricDataAsked Of(string function, MetricSpan span)
    {
        var name = new DimensionAsked("FunctionName", function.Split(':')[0]);
        IReadOnlyList<DimensionAsked> dimensions = function.Contains(':', StringComparison.Ordinal)
            ? [name, new DimensionAsked("Resource", function)]
            : [name];
        return new MetricDataAsked(
            [
                Query("invocations", "Invocations", "Sum"), Query("errors", "Errors", "Sum"),
                Query("throttles", "Throttles", "Sum"), Query("average", "Duration", "Average"),
                Query("p99", "Duration", "p99"),
                Query("concurrency", "ConcurrentExecutions", "Maximum", ofFunction: true),
            ],
            span.Start, span.End, "TimestampAscending");

        MetricQueryAsked Query(string id, string metric, string stat, bool ofFunction = false) => new(
            id, new MetricStatAsked(
                new MetricAsked("AWS/Lambda", metric, ofFunction ? [name] : dimensions), span.Period, stat));
    }
}

/// <summary>A line for each metric, a column for each period.</summary>
internal static class MetricChart
{
    /// <summary>Characters of a line that are not columns: the metric's name and the number behind it.</summary>
    public const int LabelWidth = 38;

    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>The lines, in Spectre.Console's markup.</summary>
    public static IEnumerable<string> Draw(string function, MetricSpan span, MetricDataAnswered answer)
    {
        var minutes = span.Period / 60;
        yield return Markup.Escape(string.Create(CultureInfo.InvariantCulture,
            $"{function}, {Time(span.Start)} to {Time(span.End)} UTC, a column is {minutes} "
            + $"minute{(minutes == 1 ? "" : "s")}"));
        yield return Line("Invocations", "green", Values("invocations"), "total", values => values.Sum());
        yield return Line("Errors", "red", Values("errors"), "total", values => values.Sum());
        yield return Line("Throttles", "yellow", Values("throttles"), "total", values => values.Sum());
        yield return Line("Duration, average", "blue", Values("average"), "ms max", values => values.Max());
        yield return Line("Duration, p99", "blue", Values("p99"), "ms max", values => values.Max());
        yield return Line("Concurrency", "green", Values("concurrency"), "max", values => values.Max());

        double?[] Values(string id) =>
            answer.MetricDataResults.FirstOrDefault(result => result.Id == id)?.In(span) ?? new double?[span.Columns];
    }

    private static string Line(
        string name, string colour, double?[] columns, string unit, Func<IEnumerable<double>, double> sum)
    {
        var some = columns.OfType<double>().ToList();
        var number = some.Count == 0 ? "-" : sum(some).ToString("#,0.##", CultureInfo.InvariantCulture);
        var most = some.Count == 0 ? 0 : some.Max();
        var drawn = string.Concat(columns.Select(value => value is null ? ' '
            : value <= 0 ? Blocks[0]
            : Blocks[Math.Clamp((int)Math.Ceiling(value.Value / most * (Blocks.Length - 1)), 1, Blocks.Length - 1)]));
        return $"{name,-18}{number,11} {unit,-7} [{colour}]{drawn.TrimEnd()}[/]".TrimEnd();
    }

    private static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
