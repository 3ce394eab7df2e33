using System.Text.Json.Nodes;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tour;

/// <summary>What the instrumentation layer wrote of an import: the function's HTTP calls, and what .NET did.</summary>
internal sealed class TimedCalls(LocalHost host, TourReport report)
{
    private const string Function = "ImportFunction";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <param name="since">The journal's sequence before the import.</param>
    public async Task ShowAsync(long since, CancellationToken cancellationToken)
    {
        report.Heading("What a layer tells of the import, whose code does not know it");
        // The lines come by another way than the answer.
        await host.Journal.WaitForAsync<LogLineWritten>(
            line => LineOf(line)?["spans"] is not null, Bound, since, cancellationToken);
        await host.Journal.WaitForAsync<LogLineWritten>(
            line => LineOf(line)?["HeapSize"] is not null, Bound, since, cancellationToken);
        JsonNode[] lines =
        [
            .. host.Journal.After(since).Select(entry => entry.Fact).OfType<LogLineWritten>()
                .Select(LineOf).OfType<JsonNode>(),
        ];
        JsonNode[] spans = [.. lines.SelectMany(line => line["spans"]?.AsArray() ?? []).OfType<JsonNode>()];
        var slowest = spans.MaxBy(span => (double)span["durationMs"]!)!;
        report.Check(
            spans.Length > 1 && spans.All(span => (bool?)span["fault"] == false),
            $"{spans.Length} HTTP calls, {spans.Sum(span => (double)span["durationMs"]!):0} ms together; the longest: "
                + $"{slowest["method"]} {slowest["route"]}, {slowest["status"]} after {slowest["durationMs"]:0.0} ms");
        var heap = lines.First(line => line["HeapSize"] is not null);
        report.Check(
            (double?)heap["HeapSize"] > 0 && (double?)heap["ThreadPoolThreads"] > 0,
            $"{(double)heap["HeapSize"]! / (1 << 20):0.0} MB in the heap after the answer, "
                + $"{heap["ThreadPoolThreads"]} threads, {heap["GcCount"]} garbage collections");
    }

    /// <returns>Null for what is no line of the function in JSON, or is cut.</returns>
    private static JsonNode? LineOf(LogLineWritten line)
    {
        if (line.Platform || !line.FunctionName.Contains(Function, StringComparison.Ordinal)
            || !line.Line.StartsWith('{')) return null;
        try
        {
            return JsonNode.Parse(line.Line);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
