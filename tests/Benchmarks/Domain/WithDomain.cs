using System.IO.Pipelines;
using Isobar.Domain;

namespace Isobar.Benchmarks.Domain;

/// <summary>The domain as Transform uses it: chunk after chunk of 8 MiB, all output written.</summary>
internal static class WithDomain
{
    /// <param name="afterChunk">Called after each chunk, for measurements.</param>
    public static async Task<long> AcceptedRowsAsync(BenchmarkFile file, Action? afterChunk = null)
    {
        var accepted = 0L;
        var length = file.Bytes;
        await using var stream = file.Open();
        foreach (var chunk in ChunkPlan.For(length, isGzip: false).Chunks)
        {
            var range = new ChunkRange(chunk.Start, chunk.End, length);
            stream.Position = range.ReadStart;
            var result = await ReadAsync(stream, range);
            accepted += result.Counts.Accepted;
            if (!result.Counts.IsBalanced) throw new InvalidOperationException("The counts do not balance.");
            afterChunk?.Invoke();
        }

        return accepted;
    }

    /// <summary>The whole file as one range, as the content of a gzip is read.</summary>
    public static async Task<long> AcceptedRowsInOneRangeAsync(BenchmarkFile file)
    {
        await using var stream = file.Open();
        return (await ReadAsync(stream, ChunkRange.Everything)).Counts.Accepted;
    }

    private static async Task<ChunkResult> ReadAsync(FileStream stream, ChunkRange range)
    {
        var pipe = PipeReader.Create(new Synchronous(stream), new(bufferSize: 64 * 1024, leaveOpen: true));
        var result = await ChunkReader.ReadAsync(pipe, range, Stream.Null, Stream.Null);
        await pipe.CompleteAsync();
        return result;
    }
}
