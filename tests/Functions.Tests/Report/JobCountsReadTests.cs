using Isobar.Domain;
using Isobar.Report;

namespace Isobar.Functions.Tests.Report;

public sealed class JobCountsReadTests
{
    [Fact]
    public async Task A_job_is_read_once_and_again_only_after_a_read_that_failed()
    {
        var jobs = new Failing(failures: 1);
        var counts = new JobCountsRead();

        await Assert.ThrowsAsync<IOException>(() => counts.FindAsync(jobs, "job", default));
        Assert.Equal(new JobCounts(90, 1, 2, 3), await counts.FindAsync(jobs, "job", default));
        Assert.Equal(new JobCounts(90, 1, 2, 3), await counts.FindAsync(jobs, "job", default));
        Assert.Equal(2, jobs.Reads);
    }

    private sealed class Failing(int failures) : IJobCounts
    {
        public int Reads { get; private set; }

        public Task<JobCounts?> FindAsync(string job, CancellationToken cancellationToken) => ++Reads > failures
            ? Task.FromResult<JobCounts?>(new JobCounts(90, 1, 2, 3))
            : Task.FromException<JobCounts?>(new IOException("No answer."));
    }
}
