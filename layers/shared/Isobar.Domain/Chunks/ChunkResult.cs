namespace Isobar.Domain;

/// <summary>What reading a chunk yields besides the two files.</summary>
/// <param name="Counts">Balanced: each row has exactly one outcome.</param>
/// <param name="Months">The chunk's share of the months its rows fall in.</param>
public sealed record ChunkResult(ChunkCounts Counts, MonthTable Months);
