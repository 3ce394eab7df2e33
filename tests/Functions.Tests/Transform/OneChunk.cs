using System.Text;
using Isobar.Domain;
using Isobar.Jobs;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Transform;

/// <summary>What surrounds Transform, in memory, around one object; it records what is done.</summary>
internal sealed class OneChunk(byte[] content, bool isGzip = false) : ILandedRanges, IResults, IJobWriter
{
    public static readonly byte[] GoodRows = Encoding.ASCII.GetBytes(
        "XIW00000001,20140101,TMAX,105,,,W,0700\nXIW00000002,20140101,PRCP,-9999,,,W\nbroken\n");

    /// <summary>In order: put and its kind, committed, recorded and the reason.</summary>
    public List<string> Calls { get; } = [];

    public ChunkState State { get; set; } = ChunkState.Open;

    public ChunkCounts? Committed { get; private set; }

    /// <summary>Runs before each call, with its name; throws what the call is to fail with.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public ChunkMessage Message { get; } = new(
        new ObjectVersion("landing", "a.csv", "v1", "00"), JobId.From("landing", "a.csv", "v1"), 0, content.Length,
        content.Length, isGzip);

    public ChunkConverter Work => new(this, this, this);

    public Task<ChunkState> StateAsync(string job, long start, CancellationToken cancellationToken)
    {
        Before("look");
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(State);
    }

    public Task<Stream> OpenAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        Before("read");
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(new MemoryStream(content));
    }

    public Task PutAsync(string key, Stream written, CancellationToken cancellationToken)
    {
        Before("put");
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add($"put {key.Split('/')[0]}");
        return Task.CompletedTask;
    }

    public Task<bool> CommitAsync(
        ChunkMessage chunk, ChunkCounts counts, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        Before("commit");
        Calls.Add("committed");
        Committed = counts;
        return Task.FromResult(true);
    }

    public Task RecordFailedAttemptAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken)
    {
        Before("record");
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add($"recorded {reason}");
        return Task.CompletedTask;
    }

    Task IJobWriter.OpenAsync(Job job, string? refusal, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<bool> IJobWriter.MarkFailedAsync(ChunkMessage chunk, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
