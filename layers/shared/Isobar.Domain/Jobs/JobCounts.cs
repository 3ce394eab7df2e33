namespace Isobar.Domain;

/// <summary>How many rows of a job's finished chunks came to each outcome.</summary>
public sealed record JobCounts(long Accepted, long Flagged, long Missing, long Malformed)
{
    /// <summary>Whether the outcomes add up to the rows: each row has exactly one.</summary>
    public bool Balance(long rows) => rows == Accepted + Flagged + Missing + Malformed;

    /// <summary>The sums over the chunks.</summary>
    public static JobCounts Of(IEnumerable<ChunkCounts> chunks)
    {
        var sum = chunks.Aggregate(ChunkCounts.Zero, (one, other) => one + other);
        return new(sum.Accepted, sum.Flagged, sum.Missing, sum.Malformed);
    }
}
