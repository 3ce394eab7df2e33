using System.Text.Json.Nodes;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tour;

/// <summary>What the instrumentation layer wrote of an import: the function's HTTP calls, and what .NET did.</summary>
internal sealed class TimedCalls(LocalHost host, TourReport report)
{
    private const string Heap = "\"HeapSize\":";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly string function = host.Stack.Resources
        .Single(resource => resource.LogicalId == "ImportFunction").PhysicalId;

    /// <param name="since">The journal's sequence before the import.</param>
    public async Task ShowAsync(long since, CancellationToken cancellationToken)
    {
        report.Heading("What a layer tells of the import, whose code does not know it");
        // The lines come by another way than the answer.
        await host.Journal.WaitForAsync<LogLineWritten>(IsSpans, Bound, since, cancellationToken);
        LogLineWritten[] written =
        [
            .. host.Journal.After(since).Select(entry => entry.Fact).OfType<LogLineWritten>(),
        ];
        JsonNode[] lines = [.. written.Where(IsSpans).Select(line => JsonNode.Parse(line.Line)!)];
        JsonNode[] spans = [.. lines.SelectMany(line => line["spans"]?.AsArray() ?? []).OfType<JsonNode>()];
        var slowest = spans.MaxBy(span => (double)span["durationMs"]!)!;
        report.Check(
            spans.Length > 1 && spans.All(span => (bool?)span["fault"] == false),
            $"{spans.Length} HTTP calls, {spans.Sum(span => (double)span["durationMs"]!):0} ms together; the longest: "
                + $"{slowest["method"]} {slowest["route"]}, {slowest["status"]} after "
                + $"{(double)slowest["durationMs"]!:0} ms");
        // It is written before the calls.
        var heap = JsonNode.Parse(
            written.First(line => IsOf(line) && line.Line.Contains(Heap, StringComparison.Ordinal)).Line)!;
        report.Check(
            (double?)heap["HeapSize"] > 0 && (double?)heap["ThreadPoolThreads"] > 0,
            $"{(double)heap["HeapSize"]! / (1 << 20):0.0} MB in the heap after the answer, "
                + $"{heap["ThreadPoolThreads"]} threads, {heap["GcCount"]} garbage collections");
    }

    private bool IsOf(LogLineWritten line) => line.FunctionName == function;

    private bool IsSpans(LogLineWritten line) =>
        IsOf(line) && line.Line.Contains("\"spans\":[{\"id\":", StringComparison.Ordinal);
}
