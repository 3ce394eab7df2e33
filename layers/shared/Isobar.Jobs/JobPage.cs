namespace Isobar.Jobs;

/// <summary>A page of jobs, the newest first.</summary>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record JobPage(IReadOnlyList<JobProgress> Jobs, JobsCursor? Next);
