using Isobar.Domain;
using Isobar.Intake;
using Isobar.Jobs;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>A version of an object in the landing bucket, and what becomes of it when nothing disturbs.</summary>
/// <param name="ChunkBytes">Bytes in a chunk of a plain file.</param>
/// <param name="Chunks">By start; empty for a broken, an empty and a refused one.</param>
internal sealed record LandedFile(
    Landing Landing, Content Content, long ChunkBytes, string Job, ChunkPlan Plan,
    IReadOnlyDictionary<long, ChunkOutput> Chunks)
{
    public static async Task<LandedFile> CreateAsync(Landing landing, Content content, long chunkBytes)
    {
        var job = JobId.From(landing.Source.Bucket, landing.Source.Key, landing.Source.VersionId);
        var plan = ChunkPlan.For(content.Length, content.IsGzip, chunkBytes);
        var chunks = new SortedDictionary<long, ChunkOutput>();
        var file = new LandedFile(landing, content, chunkBytes, job, plan, chunks);
        if (content.IsBroken) return file;
        foreach (var chunk in plan.Chunks) chunks.Add(chunk.Start, await Undisturbed.RunAsync(file, chunk));
        return file;
    }

    public ChunkMessage Message(PlannedChunk chunk) => new(
        Landing.Source, Job, chunk.Start, chunk.End, Content.Length, Content.IsGzip);

    /// <summary>What storage sends for a chunk.</summary>
    public Stream Open(ChunkMessage chunk) => chunk.Gzip
        ? Content.Read(0, Content.Length)
        : Content.Read(chunk.Range.ReadStart, chunk.Range.ReadEnd);
}

/// <summary>What a chunk writes and counts.</summary>
internal sealed record ChunkOutput(ChunkCounts Counts, IReadOnlyDictionary<string, byte[]> Objects);

/// <summary>Runs a chunk alone.</summary>
internal sealed class Undisturbed(LandedFile file) : ILandedRanges, IResults, IJobWriter
{
    private readonly Dictionary<string, byte[]> objects = [];
    private ChunkCounts? counted;

    public static async Task<ChunkOutput> RunAsync(LandedFile file, PlannedChunk chunk)
    {
        var world = new Undisturbed(file);
        await new ChunkConverter(world, world, world).RunAsync(file.Message(chunk), default);
        return new ChunkOutput(world.counted!, world.objects);
    }

    Task<Stream> ILandedRanges.OpenAsync(ChunkMessage chunk, CancellationToken cancellationToken) =>
        Task.FromResult(file.Open(chunk));

    Task IResults.PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        objects.Add(key, Bytes(content));
        return Task.CompletedTask;
    }

    Task<ChunkState> IJobWriter.StateAsync(string job, long start, CancellationToken cancellationToken) =>
        Task.FromResult(ChunkState.Open);

    Task<bool> IJobWriter.CommitAsync(
        ChunkMessage chunk, ChunkCounts counts, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        counted = counts;
        return Task.FromResult(true);
    }

    Task IJobWriter.OpenAsync(Job job, string? refusal, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task IJobWriter.RecordFailedAttemptAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"Undisturbed, {chunk.Start} failed: {reason}");

    Task<bool> IJobWriter.MarkFailedAsync(ChunkMessage chunk, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>As <see cref="IResults"/> says: from the beginning, wherever the stream stands.</summary>
    public static byte[] Bytes(Stream content)
    {
        content.Position = 0;
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
