using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services.Sqs;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
[Concept("Redrive to a dead-letter queue, and closing the loop", "ChunksQueue", "DeadLettersFunction.DeadChunks")]
public sealed class PoisonedFileStories(StackFixture stack)
{
    private const string Key = "poisoned/XIW00000005.csv.gz";

    [Fact]
    public async Task A_poisoned_file_is_received_five_times_then_incomplete_and_its_good_version_finishes()
    {
        var before = stack.Host.Journal.LastSequence;
        var began = stack.Host.Clock.GetUtcNow();

        var broken = await stack.Landings.PutSampleAsync(Key, "XIW00000005.broken.csv.gz");
        var incomplete = (await stack.SettleAsync(broken)).Single();

        Assert.Equal(("incomplete", 1, 0L), (incomplete.State, incomplete.Failed, incomplete.Rows));
        incomplete.AssertBalanced();
        Assert.Equal(["gzip:crc"], await stack.Landings.FailuresAsync(incomplete));
        Assert.Equal(5, Assert.Single(stack.Facts<MessageMovedToDeadLetterQueue>(before)).ReceiveCount);
        // Five visibility timeouts of 12 minutes lie before the sixth receive, which finds it dead.
        Assert.InRange(stack.Host.Clock.GetUtcNow() - began, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(63));
        Assert.Empty(await stack.Landings.ResultsAsync($"curated/{incomplete.Id}/"));
        Assert.Equal(5, stack.Facts<LogLineWritten>(before).Count(line => IsFailure(line, incomplete)));

        var good = await stack.Landings.PutSampleAsync(Key, "XIW00000005.csv.gz");
        var jobs = await stack.SettleAsync(broken, good);

        Assert.Equal(incomplete, jobs[0]);
        Assert.Equal(("finished", 1952L), (jobs[1].State, jobs[1].Accepted));
        jobs[1].AssertBalanced();
    }

    // Each failed attempt is logged once, with the message that it failed on.
    private static bool IsFailure(LogLineWritten line, Job job) =>
        line is { Platform: false, Extension: null }
        && line.FunctionName.Contains("Transform", StringComparison.Ordinal)
        && line.Line.Contains(job.Id, StringComparison.Ordinal)
        && (line.Line.Contains("\"level\":\"Error\"", StringComparison.Ordinal)
            || line.Line.Contains("\"level\":\"Warning\"", StringComparison.Ordinal));
}
