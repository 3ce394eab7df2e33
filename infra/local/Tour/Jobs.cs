using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Tour;

/// <summary>Reads the jobs table, and moves the clock until the jobs have come to an end.</summary>
internal sealed class Jobs(LocalHost host, StackClients clients)
{
    // Five receives and what follows them need six jumps; anything near this bound is a fault, not patience.
    private const int MaxJumps = 60;

    private static readonly TimeSpan QuietBound = TimeSpan.FromSeconds(60);

    /// <summary>Waits until each of these object versions has a job that is finished, incomplete or refused.</summary>
    /// <returns>How often the clock had to be jumped, and over how much service time.</returns>
    /// <exception cref="TimeoutException">They did not settle.</exception>
    public async Task<Settlement> SettleAsync(
        IReadOnlyCollection<LandedVersion> versions, CancellationToken cancellationToken)
    {
        var (jumps, skipped) = (0, TimeSpan.Zero);
        for (var tries = 0; ; tries++)
        {
            await QuietAsync(cancellationToken);
            var jobs = await AllAsync(cancellationToken);
            if (versions.All(version => jobs.Any(job => job.IsSettled && version.IsOf(job))))
                return new Settlement(jumps, skipped);
            if (tries == MaxJumps)
                throw new TimeoutException($"The jobs did not settle in {jumps} jumps.\n{host.Journal.Tail(40)}");
            // Without a timer there is no jump; what ended since the jobs were read may have settled them.
            if (await host.ClockControl.JumpToNextTimerAsync(cancellationToken) is not { } jump) continue;
            jumps++;
            skipped += jump.Step;
        }
    }

    /// <summary>Waits until nothing is under way.</summary>
    /// <exception cref="TimeoutException">Something still is, after a minute of real time.</exception>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        if (!await host.Activity.WaitForQuietAsync(QuietBound, cancellationToken))
            throw new TimeoutException($"Work is still under way after {QuietBound}.\n{host.Journal.Tail(40)}");
    }

    public async Task<JobRecord> OfAsync(LandedVersion version, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).Single(version.IsOf);

    public async Task<IReadOnlyList<JobRecord>> AllAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<JobRecord>();
        var request = new ScanRequest
        {
            TableName = clients.JobsTable,
            FilterExpression = "#item = :job",
            ExpressionAttributeNames = new() { ["#item"] = "item" },
            ExpressionAttributeValues = new() { [":job"] = new AttributeValue("job") },
        };
        do
        {
            var page = await clients.DynamoDb.ScanAsync(request, cancellationToken);
            jobs.AddRange(page.Items?.Select(JobRecord.Read) ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return jobs;
    }

    /// <summary>The reasons of a job's failed chunks.</summary>
    public async Task<IReadOnlyList<string>> FailuresAsync(string job, CancellationToken cancellationToken)
    {
        var answer = await clients.DynamoDb.QueryAsync(
            new QueryRequest
            {
                TableName = clients.JobsTable,
                KeyConditionExpression = "job = :job AND begins_with(#item, :chunk)",
                FilterExpression = "#state = :failed",
                ExpressionAttributeNames = new() { ["#item"] = "item", ["#state"] = "state" },
                ExpressionAttributeValues = new()
                {
                    [":job"] = new AttributeValue(job),
                    [":chunk"] = new AttributeValue("chunk#"),
                    [":failed"] = new AttributeValue("failed"),
                },
            },
            cancellationToken);
        return [.. answer.Items?.Select(item => item["reason"].S) ?? []];
    }
}

/// <summary>One version of a landed object.</summary>
internal sealed record LandedVersion(string Key, string VersionId)
{
    public bool IsOf(JobRecord job) => job.Key == Key && job.VersionId == VersionId;
}

/// <summary>How the jobs came to an end.</summary>
internal sealed record Settlement(int Jumps, TimeSpan Skipped);
