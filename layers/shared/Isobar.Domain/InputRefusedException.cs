namespace Isobar.Domain;

/// <summary>
/// The input itself cannot be processed, however often it is tried: a broken gzip, or one that exceeds a limit.
/// </summary>
/// <param name="reason">Names subject and rule like the reason of a malformed row does, for example
/// <c>gzip:truncated</c>; see <see cref="InputReasons"/>.</param>
/// <param name="message">A sentence for people.</param>
public sealed class InputRefusedException(string reason, string message) : Exception(reason + ": " + message)
{
    /// <summary>The machine-readable reason.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Every reason for which a whole object or chunk is refused.</summary>
public static class InputReasons
{
    /// <summary>A gzip over <see cref="ChunkPlan.MaxGzipBytes"/> compressed.</summary>
    public const string GzipSize = "gzip:size";

    /// <summary>A plain file of more than <see cref="ChunkPlan.MaxChunks"/> chunks.</summary>
    public const string ObjectChunks = "object:chunks";

    /// <summary>Not a gzip header, although the first two bytes say so.</summary>
    public const string GzipHeader = "gzip:header";

    /// <summary>The compressed data contradicts its own format.</summary>
    public const string GzipData = "gzip:data";

    /// <summary>The file ends before its compressed data or its trailer does.</summary>
    public const string GzipTruncated = "gzip:truncated";

    /// <summary>The CRC-32 of a member's content is not the one in its trailer.</summary>
    public const string GzipChecksum = "gzip:crc";

    /// <summary>The length of a member's content is not the one in its trailer.</summary>
    public const string GzipLength = "gzip:length";

    /// <summary>Bytes follow a member that are neither another member nor zeros to the end of the file.</summary>
    public const string GzipTrailing = "gzip:trailing";

    /// <summary>More than <see cref="ChunkPlan.MaxContentBytes"/> of decompressed content.</summary>
    public const string GzipContent = "gzip:content";

    /// <summary>More than <see cref="MonthTable.MaxStations"/> stations.</summary>
    public const string StationCount = "stations:count";

    /// <summary>More than <see cref="MonthTable.MaxMonths"/> station-months.</summary>
    public const string MonthCount = "months:count";

    /// <summary>More than <see cref="MonthTable.MaxElementCounts"/> counted elements.</summary>
    public const string ElementCount = "elements:count";
}
