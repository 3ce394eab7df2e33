using Isobar.Domain;

namespace Isobar.Report;

/// <summary>The outcomes of the rows of finished jobs.</summary>
public interface IJobCounts
{
    /// <returns>Null if the job's record has expired.</returns>
    Task<JobCounts?> FindAsync(string job, CancellationToken cancellationToken);
}
