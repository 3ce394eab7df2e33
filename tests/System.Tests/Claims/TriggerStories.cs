using Amazon.S3.Model;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Claims;

/// <summary>Who invokes how, and who waits.</summary>
[Collection(StackOfServices.Name)]
public sealed class TriggerStories(ServiceFixture stack)
{
    [Fact]
    [Claim("T2")]
    public async Task A_put_and_a_publish_have_their_answers_while_the_handlers_work()
    {
        await using var gate = stack.Close(2);
        var called = TimeProvider.System.GetTimestamp();
        await stack.Stack.Stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = stack.Stack.Stack.NameOf("Landing"), Key = "file", ContentBody = "content",
        });
        var put = TimeProvider.System.GetElapsedTime(called);
        await stack.Stack.Stack.Calls.QueryAsync(
            "sns", "Publish", ("TopicArn", stack.Stack.Stack.NameOf("Notices")), ("Message", "notice"));

        // Both handlers wait at the gate, and nobody has opened it: neither can have ended.
        foreach (var function in (string[])["OnPut", "OnNotice"])
            await stack.LineAsync(line => line.FunctionName == stack.Stack.Stack.NameOf(function)
                && line.Line.StartsWith("START", StringComparison.Ordinal));
        Assert.Empty(Ends("OnPut").Concat(Ends("OnNotice")));

        await gate.OpenAsync();
        await stack.Stack.QuietAsync();
        Assert.Single(Ends("OnPut"));
        Assert.Single(Ends("OnNotice"));
        Measured.Write("T2", $"{put.TotalMilliseconds:0} ms until the put had its answer");
    }

    [Fact]
    [Claim("T4")]
    public async Task The_gateway_answers_202_while_the_handler_of_an_asynchronous_integration_works()
    {
        using var client = new HttpClient();
        await using var gate = stack.Close();
        var called = TimeProvider.System.GetTimestamp();
        using var answer = await client.PostAsync(stack.Call("queued"), new StringContent("{}"));
        var took = TimeProvider.System.GetElapsedTime(called);

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Empty(Ends("OnCall"));
        await gate.OpenAsync();
        await stack.Stack.QuietAsync();
        Assert.Single(Ends("OnCall"));
        Measured.Write("T4", $"{took.TotalMilliseconds:0} ms until the client had its 202");
    }

    [Fact]
    [Claim("T3")]
    [Claim("B10")]
    public async Task A_batch_that_fails_reaches_the_queues_own_dead_letter_queue_and_no_target_of_the_function()
    {
        await stack.SendAsync("FailingWork", "the only message");
        await stack.Stack.QuietAsync();
        Assert.Single(stack.FactsOf<BatchFailed>("OnFailingWork"));
        await stack.Stack.PassAsync("PT4M");

        // The mapping has waited for the answer, twice. Had it queued an event, that would have been tried three times.
        Assert.Equal(2, stack.FactsOf<BatchFailed>("OnFailingWork").Count);
        Assert.Equal("the only message", (string?)(await stack.Stack.ReceiveAsync("DeadWork"))?["Body"]);
        Assert.Null(await stack.Stack.ReceiveAsync("Failures"));
        Assert.Null(await stack.Stack.ReceiveAsync("Letters"));
    }

    [Fact]
    [Claim("B7")]
    [Claim("B8")]
    public async Task A_mapping_without_a_batch_size_takes_ten_messages_at_a_time()
    {
        // Two batches of one message hold both places, while the others gather.
        for (var batch = 1; batch <= 2; batch++)
        {
            await stack.SendAsync("Work", "held");
            var places = batch;
            await stack.LineAsync(_ => Starts("OnWork") == places);
        }

        for (var number = 0; number < 24; number++) await stack.SendAsync("Work", $"{number}");
        for (var batch = 0; batch < 24; batch++) await stack.SendAsync("WorkGate", "go on");
        await stack.Stack.QuietAsync();

        var batches = stack.FactsOf<BatchInvoked>("OnWork").Select(batch => batch.Messages).ToArray();
        Assert.Equal([1, 1, 10, 10, 4], batches);
        Measured.Write("B8", $"24 messages that waited came in batches of {string.Join(", ", batches[2..])}");
    }

    private int Starts(string function) => stack.FactsOf<LogLineWritten>(function)
        .Count(line => line.Line.StartsWith("START", StringComparison.Ordinal));

    private IEnumerable<LogLineWritten> Ends(string function) => stack.FactsOf<LogLineWritten>(function)
        .Where(line => line.Line.StartsWith("END", StringComparison.Ordinal));
}
