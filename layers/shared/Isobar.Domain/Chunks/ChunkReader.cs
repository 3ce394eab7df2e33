using System.Buffers;
using System.IO.Pipelines;

namespace Isobar.Domain;

/// <summary>
/// Turns one range of a file into curated rows, quarantine and aggregates. The output depends on the content and the
/// range only. Memory is bounded by the months the range touches, not by its size or by the length of its lines.
/// </summary>
public static class ChunkReader
{
    // Output is handed on after each slice of input, which bounds what is buffered: two-byte bad rows, the worst
    // case, become 90 bytes of quarantine each.
    private const int SliceBytes = 16 * 1024;

    /// <summary>Reads a chunk to its end.</summary>
    /// <param name="content">Begins at <see cref="ChunkRange.ReadStart"/> and reaches at least
    /// <see cref="ChunkRange.ReadEnd"/>; not completed here, and possibly not read to its end.</param>
    /// <param name="range">The range of the content.</param>
    /// <param name="curated">Receives accepted rows, JSON Lines; neither flushed nor closed.</param>
    /// <param name="quarantine">Receives malformed and flagged rows, JSON Lines; neither flushed nor closed.</param>
    /// <param name="cancellation">Ends the reading early; what was written is then incomplete.</param>
    /// <exception cref="InputRefusedException">A limit of <see cref="MonthTable"/> is exceeded.</exception>
    /// <exception cref="EndOfStreamException">The content ended before it should.</exception>
    public static async Task<ChunkResult> ReadAsync(
        PipeReader content, ChunkRange range, Stream curated, Stream quarantine,
        CancellationToken cancellation = default)
    {
        using var outputs = new ChunkOutputs(curated, quarantine);
        var splitter = new LineSplitter(range);
        var sink = new RowSink(outputs);
        while (!splitter.IsDone)
        {
            var read = await content.ReadAsync(cancellation);
            foreach (var segment in read.Buffer)
            {
                for (var rest = segment; !rest.IsEmpty && !splitter.IsDone;)
                {
                    var slice = rest[..Math.Min(SliceBytes, rest.Length)];
                    splitter.Push(slice.Span, sink);
                    rest = rest[slice.Length..];
                    await outputs.WriteBlocksAsync(cancellation);
                }
            }

            content.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) splitter.Finish(sink);
        }

        await outputs.CompleteAsync(cancellation);
        return new ChunkResult(sink.Counts(splitter.Lines), sink.Months);
    }
}
