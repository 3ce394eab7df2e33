using System.Diagnostics;

namespace Isobar.Domain;

/// <summary>
/// Splits the bytes of one range into lines, and passes each row to an <see cref="ILineSink"/>. The bytes arrive in
/// blocks of any size. Of a line that spans blocks it copies the beginning, up to <see cref="MaxLineBytes"/>, so memory
/// is constant whatever the input.
/// </summary>
internal sealed class LineSplitter(ChunkRange range)
{
    /// <summary>The longest line that can hold a valid row: byte order mark, row, CR, LF.</summary>
    public const int MaxLineBytes = 3 + RowParser.MaxRowBytes + 2;

    private enum Phase
    {
        /// <summary>
        /// Discarding bytes up to the next LF: the end of a line that began in the range before, or the rest of a line
        /// that is too long.
        /// </summary>
        Skipping,

        /// <summary>Within a line of this range.</summary>
        Line,

        /// <summary>Every line of this range has been read; the next one belongs to the range after.</summary>
        Done,
    }

    private readonly byte[] partial = new byte[MaxLineBytes];
    private int partialLength;
    private Phase phase = range.Start >= range.End ? Phase.Done : range.Start > 0 ? Phase.Skipping : Phase.Line;

    /// <summary>Offset in the content of the next byte to read.</summary>
    public long Position { get; private set; } = range.ReadStart;

    /// <summary>Lines of the range so far, including blank lines and the header.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether every line of the range has been read, so that the caller can stop.</summary>
    public bool IsDone => phase == Phase.Done;

    /// <summary>Reads the next bytes of the content; the sink receives each row while this runs.</summary>
    public void Push(ReadOnlySpan<byte> block, ILineSink sink)
    {
        while (!block.IsEmpty && phase != Phase.Done)
        {
            block = phase == Phase.Skipping ? Skip(block)
                : partialLength > 0 ? FinishPartial(block, sink)
                : WholeLines(block, sink);
        }
    }

    /// <summary>The caller has no more bytes: what is left is the last line, one without LF.</summary>
    /// <exception cref="EndOfStreamException">The range needs more bytes: the read ended too early.</exception>
    public void Finish(ILineSink sink)
    {
        if (phase == Phase.Done) return;
        if (range.ContentLength is not null && Position < range.ReadEnd)
        {
            throw new EndOfStreamException(
                $"The content ended at byte {Position}; at least {range.ReadEnd} bytes were expected.");
        }

        if (partialLength > 0)
        {
            Lines++;
            Emit(partial.AsSpan(0, partialLength), Position - partialLength, terminated: false, sink);
            partialLength = 0;
        }

        phase = Phase.Done;
    }

    private ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> block)
    {
        var lf = block.IndexOf((byte)'\n');
        Position += lf < 0 ? block.Length : lf + 1;
        if (lf >= 0) phase = Position < range.End ? Phase.Line : Phase.Done;
        else if (Position >= range.End) phase = Phase.Done;
        return lf < 0 ? default : block[(lf + 1)..];
    }

    /// <summary>The usual case: a line that is whole in one block is passed on without a copy.</summary>
    private ReadOnlySpan<byte> WholeLines(ReadOnlySpan<byte> block, ILineSink sink)
    {
        while (true)
        {
            var lf = block.IndexOf((byte)'\n');
            if (lf < 0) return KeepPartial(block, sink);

            Lines++;
            Emit(block[..lf], Position, terminated: true, sink);
            Position += lf + 1;
            block = block[(lf + 1)..];
            if (Position >= range.End)
            {
                phase = Phase.Done;
                return default;
            }

            if (block.IsEmpty) return default;
        }
    }

    private ReadOnlySpan<byte> FinishPartial(ReadOnlySpan<byte> block, ILineSink sink)
    {
        var lf = block.IndexOf((byte)'\n');
        if (lf < 0 || partialLength + lf >= MaxLineBytes) return KeepPartial(block, sink);

        block[..lf].CopyTo(partial.AsSpan(partialLength));
        Lines++;
        Emit(partial.AsSpan(0, partialLength + lf), Position - partialLength, terminated: true, sink);
        partialLength = 0;
        Position += lf + 1;
        phase = Position < range.End ? Phase.Line : Phase.Done;
        return block[(lf + 1)..];
    }

    /// <summary>Copies the beginning of a line. When it is too long, passes it on and skips the rest.</summary>
    private ReadOnlySpan<byte> KeepPartial(ReadOnlySpan<byte> block, ILineSink sink)
    {
        var kept = Math.Min(block.Length, MaxLineBytes - partialLength);
        block[..kept].CopyTo(partial.AsSpan(partialLength));
        partialLength += kept;
        Position += kept;
        if (partialLength < MaxLineBytes) return default;

        Lines++;
        Emit(partial, Position - partialLength, terminated: false, sink);
        partialLength = 0;
        phase = Position < range.End ? Phase.Skipping : Phase.Done;
        return block[kept..];
    }

    /// <summary>Passes the line to the sink, unless it is blank or the header.</summary>
    private void Emit(ReadOnlySpan<byte> line, long offset, bool terminated, ILineSink sink)
    {
        Debug.Assert(offset >= range.Start && offset < range.End, "A range emits only its own lines.");
        if (terminated && line.EndsWith("\r"u8)) line = line[..^1];
        if (offset == 0)
        {
            if (line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
                offset = 3;
            }

            if (IsHeader(line)) return;
        }

        if (line.IsEmpty) return;
        var overlong = line.Length > RowParser.MaxRowBytes;
        sink.Accept(overlong ? line[..RowParser.MaxRowBytes] : line, overlong, offset, Lines);
    }

    // A file whose lines end in CR alone is a single line that begins like a header. It is treated as a malformed row,
    // so that it is counted and goes to quarantine; skipped as a header, the whole file would be lost silently.
    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        (line.StartsWith("ID,"u8) || line.SequenceEqual("ID"u8))
        && line.Length <= RowParser.MaxRowBytes && !line.Contains((byte)'\r');
}
