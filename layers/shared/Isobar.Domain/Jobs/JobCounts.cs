namespace Isobar.Domain;

/// <summary>The four counts of a job, over its finished chunks.</summary>
public sealed record JobCounts(long Accepted, long Flagged, long Missing, long Malformed)
{
    /// <summary>The law: the rows that the finished chunks counted are these four together.</summary>
    public bool Explain(long rows) => rows == Accepted + Flagged + Missing + Malformed;

    /// <summary>The four counts of the chunks together.</summary>
    public static JobCounts Of(IEnumerable<ChunkCounts> chunks)
    {
        var sum = chunks.Aggregate(ChunkCounts.Zero, (one, other) => one + other);
        return new(sum.Accepted, sum.Flagged, sum.Missing, sum.Malformed);
    }
}
