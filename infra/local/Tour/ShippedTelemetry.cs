using System.Text.Json.Nodes;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services.S3;

namespace Isobar.Local.Tour;

/// <summary>Calls a function, and finds what its telemetry extension shipped of each call, and when.</summary>
internal sealed class ShippedTelemetry(LocalHost host, StackClients clients, StageClient stage, TourReport report)
{
    private const int Calls = 20;
    private const string Function = "ApiListJobs";

    // More than an environment stays idle: it ends, and its extension ships what is left.
    private static readonly TimeSpan IdleAndMore = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("Telemetry, shipped after the response");
        var before = host.Journal.LastSequence;
        for (var call = 0; call < Calls; call++) await stage.GetAsync("jobs?limit=1", cancellationToken);
        await host.ClockControl.AdvanceByAsync(IdleAndMore, cancellationToken);
        await host.Journal.WaitForAsync<EnvironmentEnded>(
            ended => IsIt(ended.FunctionName), Bound, before, cancellationToken);

        var entries = host.Journal.After(before);
        var answered = entries.Where(entry => entry.Fact is EnvironmentStepped { Fact: "RuntimeResponse" } step
            && IsIt(step.FunctionName)).ToDictionary(
                entry => ((EnvironmentStepped)entry.Fact).RequestId!, entry => entry.Time);
        var delays = new List<TimeSpan>();
        foreach (var (key, time) in Objects(entries))
            foreach (var request in await DoneInAsync(key, cancellationToken))
                if (answered.TryGetValue(request, out var answer)) delays.Add(time - answer);
        delays.Sort();
        report.Check(answered.Count == Calls && delays.Count == Calls && delays[0] > TimeSpan.Zero,
            $"{delays.Count} of {answered.Count} calls are in the bucket with their platform.runtimeDone, each once");
        report.Fact(
            $"shipped {Median(delays):0.0} ms after the response (median); while frozen, it waits for the next call");
    }

    private static double Median(List<TimeSpan> delays) =>
        delays.Count == 0 ? double.NaN : delays[delays.Count / 2].TotalMilliseconds;

    private static bool IsIt(string functionName) => functionName.Contains(Function, StringComparison.Ordinal);

    private IEnumerable<(string Key, DateTimeOffset Time)> Objects(IReadOnlyList<JournalEntry> entries) =>
        from entry in entries
        where entry.Fact is ObjectCreated created && created.Bucket == clients.DataBucket
            && created.Key.StartsWith("telemetry/", StringComparison.Ordinal) && IsIt(created.Key)
        select (((ObjectCreated)entry.Fact).Key, entry.Time);

    /// <summary>The requests whose end an object tells of.</summary>
    private async Task<IReadOnlyList<string>> DoneInAsync(string key, CancellationToken cancellationToken)
    {
        var done = new List<string>();
        await foreach (var line in GzipLines.ReadAsync(clients, key, cancellationToken))
        {
            var told = JsonNode.Parse(line);
            if ((string?)told?["type"] == "platform.runtimeDone") done.Add((string)told["record"]!["requestId"]!);
        }

        return done;
    }
}
