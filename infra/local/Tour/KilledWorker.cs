using System.Diagnostics;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tour;

/// <summary>
/// A Transform process dies in the middle of a chunk; the chunk comes again, and every row still counts once.
/// </summary>
internal sealed class KilledWorker(LocalHost host, Jobs jobs, Landing landing, TourReport report, string samples)
{
    private const string Transform = "Transform";
    private const string Key = "csv/by_station/three-chunks.csv";

    // More than two chunks of 8 MiB, so that a process is surely at work when the signal comes.
    private const int Bytes = 20_000_000;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("A process is killed while it works");
        var (content, copies) = Repeated(SampleFiles.In(samples).First());
        var before = host.Journal.LastSequence;
        var killed = KillOneAsync(before, cancellationToken);
        var landed = await landing.PutAsync(content, Key, cancellationToken);
        var processId = await killed;
        var settlement = await jobs.SettleAsync([landed], cancellationToken);
        var job = await jobs.OfAsync(landed, cancellationToken);

        var planted = SampleFiles.Expectations(samples)[Path.GetFileName(SampleFiles.In(samples).First())];
        report.Fact($"process {processId} of Transform got SIGKILL while it worked on a chunk; "
            + $"the clock skipped the {Tour.Spoken(settlement.Skipped)} until its message was visible again");
        report.Check(
            job.State == "finished" && job.IsBalanced && job.Accepted == planted.Accepted * copies && job.Total > 2,
            $"{job.Total} chunks, {job.State}: {job.Counts}");
    }

    private async Task<int> KillOneAsync(long after, CancellationToken cancellationToken)
    {
        var working = await host.Journal.WaitForAsync<EnvironmentStepped>(
            step => IsTransform(step.FunctionName) && step.To == "Invoke", Bound, after, cancellationToken);
        var started = await host.Journal.WaitForAsync<RuntimeStarted>(
            started => started.EnvironmentId == working.EnvironmentId, Bound, 0, cancellationToken);
        using var process = Process.GetProcessById(started.ProcessId);
        process.Kill();
        return started.ProcessId;
    }

    private static bool IsTransform(string functionName) => functionName.Contains(Transform, StringComparison.Ordinal);

    private static (MemoryStream Content, int Copies) Repeated(string file)
    {
        var text = File.ReadAllBytes(file);
        var header = text.AsSpan(0, text.AsSpan().IndexOf((byte)'\n') + 1);
        var rows = text.AsSpan(header.Length);
        var content = new MemoryStream();
        content.Write(header);
        var copies = 0;
        for (; content.Length < Bytes; copies++) content.Write(rows);
        content.Position = 0;
        return (content, copies);
    }
}
