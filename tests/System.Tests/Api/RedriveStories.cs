namespace Isobar.Stories.Api;

/// <summary>On a stack of its own: for a while there is no bucket to write to.</summary>
public sealed class RedriveStories(StackFixture stack) : IClassFixture<StackFixture>
{
    [Fact]
    public async Task Chunks_that_failed_while_the_data_bucket_was_away_are_done_after_a_redrive()
    {
        using var api = stack.Api();
        await stack.Stack.S3.DeleteBucketAsync(stack.Stack.DataBucket);
        var landed = await stack.Landings.PutSampleAsync("redrive.csv", "XIW00000001.csv");
        var failed = (await stack.SettleAsync(landed)).Single();
        Assert.Equal(("incomplete", 1), (failed.State, failed.Failed));
        var shown = (await api.GetAsync($"jobs/{failed.Id}")).Expect(200);
        Assert.Equal("NoSuchBucket", (string?)shown["failures"]!.AsArray().Single()!["reason"]);

        await stack.Stack.S3.PutBucketAsync(stack.Stack.DataBucket);
        var redriven = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => api.PostAsync($"jobs/{failed.Id}/redrive", "", stack.Bearer())));
        // One that comes when the first has come through finds nothing to send.
        Assert.All(redriven, answer => Assert.InRange((int)answer.Expect(202)["chunks"]!, 0, 1));
        Assert.Contains(redriven, answer => (int)answer.Expect(202)["chunks"]! == 1);

        await stack.QuietAsync();
        var job = (await stack.Landings.JobsAsync(landed)).Single();
        Assert.Equal(("finished", 1, 0), (job.State, job.Done, job.Failed));
        job.AssertBalanced();
        shown = (await api.GetAsync($"jobs/{failed.Id}")).Expect(200);
        Assert.Equal(("finished", 0), ((string?)shown["state"], shown["failures"]!.AsArray().Count));
        var again = await api.PostAsync($"jobs/{failed.Id}/redrive", "", stack.Bearer());
        Assert.Equal(0, (int)again.Expect(202)["chunks"]!);
    }
}
