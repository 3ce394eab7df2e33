namespace Isobar.Local.Tour;

/// <summary>Each job with its state and its four counts, against what the generator planted.</summary>
internal sealed class JobCounts(Jobs jobs, TourReport report, string samples)
{
    public async Task ShowAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        report.Heading("Every row has exactly one outcome");
        var expectations = SampleFiles.Expectations(samples).Values.Where(planted => planted.Failure is null)
            .ToDictionary(planted => Path.GetFileName(planted.File));
        foreach (var version in landed)
        {
            var job = await jobs.OfAsync(version, cancellationToken);
            if (job.State == "incomplete")
            {
                var reasons = await jobs.FailuresAsync(job.Id, cancellationToken);
                report.Check(
                    job.IsBalanced && expectations.Values.All(planted => Path.GetFileName(planted.File) != job.Key),
                    $"{job.Key}: incomplete ({string.Join(", ", reasons)}), and nothing of its failed chunk counted");
                continue;
            }

            var asPlanted = IsAsPlanted(job, expectations[Path.GetFileName(job.Key)]);
            report.Check(job.IsBalanced && asPlanted && job.State == "finished",
                $"{job.Key}: {job.State}, {job.Counts}");
        }
    }

    private static bool IsAsPlanted(JobRecord job, Planted planted) =>
        job.Rows == planted.Rows && job.Accepted == planted.Accepted && job.Missing == planted.Missing
        && job.Flagged == planted.Flagged.Values.Sum() && job.Malformed == planted.Malformed.Values.Sum();
}
