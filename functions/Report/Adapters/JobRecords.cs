using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Report;

/// <summary>The jobs table.</summary>
public sealed class JobRecords(JobReader reader) : IJobCounts
{
    public async Task<JobCounts?> FindAsync(string job, CancellationToken cancellationToken) =>
        (await reader.FindAsync(job, cancellationToken))?.Counts;
}
