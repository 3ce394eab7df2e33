using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Events;

/// <summary>Events of buckets on the default event bus.</summary>
public sealed class BucketCases : RecordedTest
{
    private const string Enabled =
        "<NotificationConfiguration><EventBridgeConfiguration></EventBridgeConfiguration></NotificationConfiguration>";

    [Fact]
    [RecordedCase("s3: test_s3_notifications_eventbridge: test_object_created_put")]
    public async Task A_bucket_tells_the_default_bus_of_puts_and_deletions()
    {
        var queue = await BucketAsync();
        (await S3Async("PUT", "/bucket/a%20key", "data")).Ok();
        (await S3Async("DELETE", "/bucket/a%20key")).Ok();

        var happened = await EventsAsync(queue, 2);
        Assert.Equal([
            Text("Object Created", """
                "object":{"key":"a key","size":4,"etag":"8d777f385d3dfec8815d20f7496026dc","sequencer":"s"},
                "request-id":"r","requester":"000000000000","source-ip-address":"127.0.0.1","reason":"PutObject"
                """),
            Text("Object Deleted", """
                "object":{"key":"a key","sequencer":"s"},
                "request-id":"r","requester":"000000000000","source-ip-address":"127.0.0.1","reason":"DeleteObject",
                "deletion-type":"Permanently Deleted"
                """),
        ], happened);
    }

    [Fact]
    public async Task What_a_bucket_tells_is_shown_and_can_be_switched_off()
    {
        var queue = await BucketAsync();
        var shown = (await S3Async("GET", "/bucket?notification")).Ok();
        Assert.Contains("EventBridgeConfiguration", shown.Text, StringComparison.Ordinal);
        (await S3Async("PUT", "/bucket?notification", "<NotificationConfiguration/>")).Ok();
        (await S3Async("PUT", "/bucket/k", "data")).Ok();

        Assert.Empty(await EventsAsync(queue, 0));
    }

    private static string Text(string type, string detail) => $$"""
        {"version":"0","id":"i","detail-type":"{{type}}","source":"aws.s3","account":"{{Account}}","time":"t",
        "region":"us-east-1","resources":["arn:aws:s3:::bucket"],"detail":{"version":"0","bucket":{"name":"bucket"},
        {{detail}} } }
        """.ReplaceLineEndings("").Replace(" } }", "}}", StringComparison.Ordinal);

    /// <summary>A bucket, and a queue that hears of it through a rule of the default bus.</summary>
    private async Task<string> BucketAsync()
    {
        var queue = await QueueAsync();
        (await S3Async("PUT", "/bucket")).Ok();
        (await S3Async("PUT", "/bucket?notification", Enabled)).Ok();
        (await EventsAsync("PutRule", """{"Name":"rule","EventPattern":"{\"source\":[\"aws.s3\"]}"}""")).Ok();
        (await EventsAsync("PutTargets", $$"""
            {"Rule":"rule","Targets":[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:{{Account}}:queue"}]}
            """)).Ok();
        return queue;
    }

    /// <summary>What the queue received, without what no two runs share.</summary>
    private async Task<string[]> EventsAsync(string queue, int count)
    {
        await QuietAsync();
        var received = (await SqsAsync("ReceiveMessage", queue, """{"MaxNumberOfMessages":10}""")).Ok();
        var events = (received.Body!["Messages"]?.AsArray() ?? [])
            .Select(message => JsonNode.Parse((string)message!["Body"]!)!)
            .OrderBy(happened => (string?)happened["detail"]!["object"]!["sequencer"], StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(count, events.Length);
        foreach (var happened in events)
        {
            (happened["id"], happened["time"], happened["detail"]!["request-id"]) = ("i", "t", "r");
            happened["detail"]!["object"]!["sequencer"] = "s";
        }

        return [.. events.Select(happened => happened.ToJsonString())];
    }
}
