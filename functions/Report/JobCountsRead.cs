using System.Collections.Concurrent;
using Isobar.Domain;

namespace Isobar.Report;

/// <summary>The counts of the jobs that one invocation has read: many stations can have months of one job. It holds as
/// many jobs as an invocation's stations have files.</summary>
public sealed class JobCountsRead
{
    private readonly ConcurrentDictionary<string, Task<JobCounts?>> read = new(StringComparer.Ordinal);

    public async Task<JobCounts?> FindAsync(IJobCounts jobs, string job, CancellationToken cancellationToken)
    {
        var found = read.GetOrAdd(job, id => jobs.FindAsync(id, cancellationToken));
        try
        {
            return await found;
        }
        catch
        {
            // One failure, of a throttle perhaps, is not that of all stations that have months of the job.
            read.TryRemove(KeyValuePair.Create(job, found));
            throw;
        }
    }
}
