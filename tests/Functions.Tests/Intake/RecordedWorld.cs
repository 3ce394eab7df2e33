using Isobar.Chunks;
using Isobar.Domain;
using Isobar.Intake;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Intake;

/// <summary>What surrounds Intake, in memory, around one landed object; it records what is done about it.</summary>
internal sealed class RecordedWorld(long length, bool isGzip = false) : ILandedObjects, IJobWriter, IChunkQueue
{
    /// <summary>In order: opened, sent.</summary>
    public List<string> Calls { get; } = [];

    public List<(Job Job, string? Refusal)> Opened { get; } = [];

    public List<ChunkMessage> Sent { get; } = [];

    public List<ObjectVersion> Asked { get; } = [];

    /// <summary>The invocation's deadline as the calls saw it.</summary>
    public bool WasAtDeadline { get; private set; }

    public Task<LandedContent> HeadAsync(ObjectVersion source, CancellationToken cancellationToken)
    {
        Asked.Add(source);
        WasAtDeadline = cancellationToken.IsCancellationRequested;
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new LandedContent(length, isGzip));
    }

    public Task OpenAsync(Job job, string? refusal, CancellationToken cancellationToken)
    {
        Calls.Add("opened");
        Opened.Add((job, refusal));
        return Task.CompletedTask;
    }

    public Task SendAsync(IReadOnlyList<ChunkMessage> messages, CancellationToken cancellationToken)
    {
        Calls.Add("sent");
        Sent.AddRange(messages);
        return Task.CompletedTask;
    }

    Task<ChunkState> IJobWriter.StateAsync(string job, long start, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<bool> IJobWriter.CommitAsync(
        ChunkMessage chunk, ChunkCounts counts, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task IJobWriter.RecordFailedAttemptAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<bool> IJobWriter.MarkFailedAsync(ChunkMessage chunk, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
