using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Jobs;

/// <summary>A job of a few chunks.</summary>
internal static class Examples
{
    public const long ChunkBytes = 100;

    public static readonly DateTimeOffset LandedAt = new(2026, 11, 27, 3, 0, 0, 123, TimeSpan.Zero);

    public static readonly ObjectVersion Source = new("landing", "a.csv", "v1", "0055AED6DCD90281E5");

    public static readonly IReadOnlyList<int> Shards = [3, 11];

    public static readonly ChunkCounts Counts =
        new(Lines: 12, Rows: 10, Accepted: 4, Flagged: 3, Missing: 2, Malformed: 1);

    public static Job Job(int chunks) =>
        new(JobId.From("landing", "a.csv", "v1"), Source, chunks, LandedAt);

    public static ChunkMessage Chunk(Job job, int index) => new(
        job.Source, job.Id, index * ChunkBytes, (index + 1) * ChunkBytes, job.Total * ChunkBytes, Gzip: false);
}
