namespace Isobar.Domain;

/// <summary>What one finished chunk counted; the rows were counted where lines are cut, the rest by outcome.</summary>
public sealed record ChunkCounts(
    long Lines, long Rows, long Accepted, long Flagged, long Missing, long Malformed)
{
    /// <summary>Nothing yet.</summary>
    public static readonly ChunkCounts Zero = new(0, 0, 0, 0, 0, 0);

    /// <summary>Whether the outcomes add up to the rows: each row has exactly one.</summary>
    public bool IsBalanced => Rows == Accepted + Flagged + Missing + Malformed;

    /// <summary>The counts of both.</summary>
    public static ChunkCounts operator +(ChunkCounts one, ChunkCounts other) => new(
        one.Lines + other.Lines, one.Rows + other.Rows, one.Accepted + other.Accepted,
        one.Flagged + other.Flagged, one.Missing + other.Missing, one.Malformed + other.Malformed);
}
