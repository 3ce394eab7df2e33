using System.Text.Json.Nodes;
using Isobar.Samples;

namespace Isobar.Stories.Application;

/// <summary>The core pipeline as AWS's public APIs show it, the same on every target.</summary>
[Collection(OneStack.Name)]
[Concept("Scenario: real-time file processing", "IntakeFunction", "TransformFunction", "DeadLettersFunction")]
[Targets(Target.Local, Target.LocalStack, Target.Aws)]
public sealed class PipelineStories(StackFixture stack)
{
    // A stack on AWS outlives the stories, and so do the files of earlier runs.
    private readonly string folder = $"stories/{Guid.NewGuid():N}";

    [Fact]
    [Claim("S1")]
    public async Task A_landed_file_becomes_a_finished_job_whose_counts_balance_and_that_holds_every_row()
    {
        var planted = Expectation.FromJson(File.ReadAllBytes(Path.Combine(Repository.Samples, "expected.json")))
            .Single(sample => sample.File == "XIW00000001.csv");

        var landed = await stack.Landings.PutSampleAsync($"{folder}/{planted.File}", planted.File);
        var job = (await stack.SettleAsync(landed)).Single();

        job.AssertFinishedAs(planted);
        Assert.Equal(planted.Accepted, await stack.Landings.CuratedAsync(job).CountAsync());
        Assert.Equal(job.Flagged + job.Malformed, await stack.Landings.QuarantineAsync(job).CountAsync());
    }

    /// <summary>Five visibility timeouts: an hour on AWS, where nobody wants to wait for it.</summary>
    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_file_that_can_not_be_read_is_incomplete_with_the_reason_and_its_good_version_finishes()
    {
        var broken = await stack.Landings.PutSampleAsync($"{folder}/poisoned.csv.gz", "XIW00000005.broken.csv.gz");
        var incomplete = (await stack.SettleAsync(broken)).Single();

        Assert.Equal(("incomplete", 1, 0L), (incomplete.State, incomplete.Failed, incomplete.Rows));
        Assert.Equal(["gzip:crc"], await stack.Landings.FailuresAsync(incomplete));

        var good = await stack.Landings.PutSampleAsync($"{folder}/poisoned.csv.gz", "XIW00000005.csv.gz");
        var jobs = await stack.SettleAsync(broken, good);

        Assert.Equal(["incomplete", "finished"], jobs.Select(job => job.State));
        Assert.All(jobs, job => job.AssertBalanced());
    }

    /// <summary>Takes what it reads from the queue: not where others may want it.</summary>
    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_file_that_is_accepted_is_told_of_in_the_audit_queue()
    {
        var landed = await stack.Landings.PutSampleAsync($"{folder}/audited.csv", "XIW00000001.csv");

        var record = await stack.UntilAsync(
            () => Queues.TakeAsync(stack.Stack, stack.Stack.AuditQueueUrl, record => IsOf(record, landed)),
            record => record is not null);

        Assert.Equal("Success", (string?)record!["requestContext"]!["condition"]);
        Assert.Equal(1, (int)record["requestContext"]!["approximateInvokeCount"]!);
    }

    private static bool IsOf(JsonNode record, LandedVersion landed) =>
        (string?)record["requestPayload"]?["Records"]?[0]?["s3"]?["object"]?["versionId"] == landed.VersionId;
}
