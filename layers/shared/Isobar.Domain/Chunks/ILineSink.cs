namespace Isobar.Domain;

/// <summary>Receives the rows of a range; header, byte order mark and blank lines never arrive.</summary>
internal interface ILineSink
{
    /// <summary>One row.</summary>
    /// <param name="row">Without line end; valid during the call only. Of an over-long row the first
    /// <see cref="RowParser.MaxRowBytes"/> bytes.</param>
    /// <param name="overlong">The row goes on after these bytes.</param>
    /// <param name="offset">Of the row's first byte in the whole content.</param>
    /// <param name="line">In the range, from 1; header and blank lines count.</param>
    void Accept(ReadOnlySpan<byte> row, bool overlong, long offset, long line);
}
