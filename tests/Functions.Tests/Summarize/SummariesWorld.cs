using System.Collections.Concurrent;
using System.Text;
using Isobar.Domain;
using Isobar.Functions.Tests.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Functions.Tests.Stations;
using Isobar.Jobs;
using Isobar.Stations;
using Isobar.Summaries;
using Isobar.Summarize;

namespace Isobar.Functions.Tests.Summarize;

/// <summary>The two tables on the host, the data bucket in memory, and the messages that were sent.</summary>
internal sealed class SummariesWorld : IMonthFiles, ISummaryQueue, IAsyncDisposable
{
    private readonly Queue<SummaryMessage> sent = [];

    private SummariesWorld(JobsTableOnPortZero jobs, StationsOnPortZero stations) =>
        (Jobs, Stations) = (jobs, stations);

    public JobsTableOnPortZero Jobs { get; }

    public StationsOnPortZero Stations { get; }

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    public IReadOnlyCollection<SummaryMessage> Sent => sent;

    public ShardSummarizer Summarizer => new(
        new ShardFiles(this, Jobs.Reader()), Stations.Writer, Stations.Currents, Stations.Reports, this);

    public static async Task<SummariesWorld> StartAsync() =>
        new(await JobsTableOnPortZero.StartAsync(), await StationsOnPortZero.StartAsync());

    /// <summary>Lands a version of a file of rows, in chunks of some bytes, and finishes its job.</summary>
    public Task<FinishedJob> FinishAsync(SourceVersion version, string rows, int chunkBytes = 1_000_000) =>
        FinishAsync(version, Encoding.UTF8.GetBytes(rows), chunkBytes);

    public async Task<FinishedJob> FinishAsync(SourceVersion version, byte[] file, int chunkBytes)
    {
        var plan = ChunkPlan.For(file.Length, isGzip: false, chunkBytes);
        var job = new Job(version.Job, version.Object, plan.Chunks.Count, Examples.LandedAt);
        await Jobs.Jobs().OpenAsync(job, refusal: null, default);
        foreach (var chunk in plan.Chunks) await ConvertAsync(job, chunk, file);
        var item = await Jobs.Client.GetItemAsync(
            JobsTableOnPortZero.Name,
            new() { ["job"] = new() { S = job.Id }, ["item"] = new() { S = "job" } });
        return FinishedJob.TryRead(item.Item)!;
    }

    public async Task RunAsync(FinishedJob job)
    {
        foreach (var message in SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards))
            await Summarizer.RunAsync(message, default);
    }

    /// <summary>Handles what was sent.</summary>
    public async Task RunSentAsync()
    {
        while (sent.TryDequeue(out var message)) await Summarizer.RunAsync(message, default);
    }

    public Task<IReadOnlyList<ServedMonth>> MonthsAsync(string station) =>
        Stations.Reader.MonthsAsync(station, null, null, default);

    Task<Stream?> IMonthFiles.OpenAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Objects.TryGetValue(key, out var bytes) ? new MemoryStream(bytes) : null);

    async Task IMonthFiles.PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        Objects[key] = bytes.ToArray();
    }

    Task IMonthFiles.DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    Task ISummaryQueue.SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages) sent.Enqueue(message);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await Stations.DisposeAsync();
    }

    private async Task ConvertAsync(Job job, PlannedChunk chunk, byte[] file)
    {
        var result = (await Reading.OfAsync(file, chunk.Start, chunk.End)).Result;
        var shards = result.Months.Shards;
        foreach (var shard in shards)
        {
            var partial = new MemoryStream();
            await PartialsFile.WriteAsync(partial, result.Months, shard);
            Objects[ObjectKeys.Partial(job.Id, chunk.Start, shard)] = partial.ToArray();
        }

        await Jobs.Jobs().CommitAsync(
            new ChunkMessage(job.Source, job.Id, chunk.Start, chunk.End, file.Length, Gzip: false), result.Counts,
            shards, default);
    }
}
