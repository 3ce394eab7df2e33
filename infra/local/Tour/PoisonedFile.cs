namespace Isobar.Local.Tour;

/// <summary>
/// A file that can't be read: five receives, the dead-letter queue, an incomplete job, and the good version.
/// </summary>
internal sealed class PoisonedFile(
    LocalHost host, StackClients clients, Jobs jobs, Landing landing, TourReport report, string samples)
{
    public async Task ShowAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        report.Heading("A file with a wrong checksum, and the good version that replaces it");
        var broken = SampleFiles.BrokenIn(samples);
        var key = SampleFiles.KeyOf(broken);
        var job = await jobs.OfAsync(landed.Single(version => version.Key == key), cancellationToken);
        ShowReceives();
        var reasons = await jobs.FailuresAsync(job.Id, cancellationToken);
        report.Check(job is { State: "incomplete", Rows: 0 } && reasons is ["gzip:crc"],
            $"{key}: {job.State}, {job.Failed} of {job.Total} chunks failed ({string.Join(", ", reasons)})");

        var good = await landing.PutAsync(SampleFiles.Repaired(broken), key, cancellationToken);
        await jobs.SettleAsync([good], cancellationToken);
        var healed = await jobs.OfAsync(good, cancellationToken);
        var planted = SampleFiles.Expectations(samples)[Path.GetFileName(SampleFiles.Repaired(broken))];
        report.Check(healed.State == "finished" && healed.IsBalanced && healed.Accepted == planted.Accepted,
            $"its good version: {healed.State}, {healed.Counts}");
    }

    private void ShowReceives()
    {
        var moved = host.Journal.After(0).Select(entry => entry.Fact)
            .OfType<Services.Sqs.MessageMovedToDeadLetterQueue>()
            .Where(fact => fact.Queue == StackClients.NameOf(clients.ChunksQueueUrl)).ToArray();
        report.Check(moved.Length == 1,
            $"{moved.Length} chunk message was received 5 times, then moved to the dead-letter queue");
    }
}
