using System.Diagnostics;

namespace Isobar.Domain;

/// <summary>
/// Cuts the bytes of one range into rows, as they come: blocks may be of any size and are never kept, only the one
/// line that spans blocks is, up to <see cref="MaxLineBytes"/>. Memory is constant whatever the input.
/// </summary>
internal sealed class LineSplitter(ChunkRange range)
{
    /// <summary>The longest line that can still hold a good row: byte order mark, row, CR, LF.</summary>
    public const int MaxLineBytes = 3 + RowParser.MaxRowBytes + 2;

    private enum Phase
    {
        /// <summary>
        /// Looking for the LF before the next line: of an earlier range's line, or of an over-long one.
        /// </summary>
        Skipping,

        /// <summary>Within a line of this range.</summary>
        Line,

        /// <summary>The next line, if any, belongs to a later range.</summary>
        Done,
    }

    private readonly byte[] partial = new byte[MaxLineBytes];
    private int partialLength;
    private Phase phase = range.Start >= range.End ? Phase.Done : range.Start > 0 ? Phase.Skipping : Phase.Line;

    /// <summary>Offset of the next byte to come.</summary>
    public long Position { get; private set; } = range.ReadStart;

    /// <summary>Lines that began in the range so far, blank ones and the header included.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether the range owns nothing of what is still to come.</summary>
    public bool IsDone => phase == Phase.Done;

    /// <summary>Takes the next bytes of the content.</summary>
    public void Push(ReadOnlySpan<byte> block, ILineSink sink)
    {
        while (!block.IsEmpty && phase != Phase.Done)
        {
            block = phase == Phase.Skipping ? Skip(block)
                : partialLength > 0 ? FinishPartial(block, sink)
                : WholeLines(block, sink);
        }
    }

    /// <summary>Says that the content has ended; a last line without LF is a line.</summary>
    /// <exception cref="EndOfStreamException">The content is longer than what came: the read broke off.</exception>
    public void Finish(ILineSink sink)
    {
        if (phase == Phase.Done) return;
        if (range.ContentLength is not null && Position < range.ReadEnd)
        {
            throw new EndOfStreamException(
                $"The content ended at byte {Position}, expected it to reach {range.ReadEnd}.");
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
        var feed = block.IndexOf((byte)'\n');
        Position += feed < 0 ? block.Length : feed + 1;
        if (feed >= 0) phase = Position < range.End ? Phase.Line : Phase.Done;
        else if (Position >= range.End) phase = Phase.Done;
        return feed < 0 ? default : block[(feed + 1)..];
    }

    /// <summary>The usual case: lines that lie in one block are passed on where they are.</summary>
    private ReadOnlySpan<byte> WholeLines(ReadOnlySpan<byte> block, ILineSink sink)
       
    {
        while (true)
        {
            var feed = block.IndexOf((byte)'\n');
            if (feed < 0) return KeepPartial(block, sink);

            Lines++;
            Emit(block[..feed], Position, terminated: true, sink);
            Position += feed + 1;
            block = block[(feed + 1)..];
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
        var feed = block.IndexOf((byte)'\n');
        if (feed < 0 || partialLength + feed >= MaxLineBytes) return KeepPartial(block, sink);

        block[..feed].CopyTo(partial.AsSpan(partialLength));
        Lines++;
        Emit(partial.AsSpan(0, partialLength + feed), Position - partialLength, terminated: true, sink);
        partialLength = 0;
        Position += feed + 1;
        phase = Position < range.End ? Phase.Line : Phase.Done;
        return block[(feed + 1)..];
    }

    /// <summary>Keeps the beginning of a line; once it is too long, passes it on and skips the rest.</summary>
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

    /// <summary>Passes on what is a row: not a header, not a blank line.</summary>
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

    // In a file whose lines end in CR alone, all of it is one line that begins like a header. It is a row, so that it
    // is counted and set aside instead of vanishing.
    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        (line.StartsWith("ID,"u8) || line.SequenceEqual("ID"u8))
        && line.Length <= RowParser.MaxRowBytes && !line.Contains((byte)'\r');
}
