namespace Isobar.Jobs;

/// <summary>The timelines of jobs as those who add to them see them.</summary>
public interface IJobTimeline
{
    /// <summary>Adds the moment unless it is there; the job itself may not be open yet.</summary>
    /// <returns>True if this call did it.</returns>
    Task<bool> AddAsync(string job, JobMoment moment, CancellationToken cancellationToken);
}

/// <summary>One thing that happened to a job.</summary>
/// <param name="Kind">What; with <paramref name="Id"/> it says which moment it is, and neither has a <c>#</c>.</param>
/// <param name="Details">More about it, by names other than <c>job</c>, <c>item</c> and <c>at</c>.</param>
public sealed record JobMoment(
    string Kind, string Id, DateTimeOffset At, IReadOnlyDictionary<string, string> Details);
