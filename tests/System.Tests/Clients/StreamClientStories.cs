using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Tests;

namespace Isobar.Stories.Clients;

/// <summary>
/// Kinesis, the stream of a table, a FIFO queue and a schedule by three stock clients, against a host that is up. Each
/// makes a rule that puts an event into a queue in an hour, and an hour of service time passes.
/// </summary>
[Collection(OneStack.Name)]
public sealed class StreamClientStories(ClientHost host) : IClassFixture<ClientHost>
{
    private const string Seen = """
        {"kinesis":["one","two","three"],"changes":["INSERT","MODIFY","REMOVE"],"fifo":["a1","a2","b1"],
        "rule":"rate(1 hour)"}
        """;

    [Fact]
    public async Task Boto3_reads_streams_in_order_and_its_schedule_is_due()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Clients", "streams.py");
        var seen = JsonNode.Parse(await host.RunAsync("python3", script, "boto-streams"))!;

        Assert.Equal(Seen.ReplaceLineEndings(""), seen.ToJsonString());
        await AssertDueAsync("boto-streams");
    }

    [Fact]
    public async Task The_SDK_for_JavaScript_reads_streams_in_order_and_its_schedule_is_due()
    {
        var seen = await JavaScriptClient.RunAsync("Clients/streams.mjs", host.Address, "sdk-streams");

        Assert.Equal(Seen.ReplaceLineEndings(""), seen.GetRawText());
        await AssertDueAsync("sdk-streams");
    }

    [Fact]
    public async Task The_AWS_command_line_reads_a_Kinesis_stream_in_order()
    {
        const string name = "cli-streams";
        await host.RunAsync("aws", "kinesis", "create-stream", "--stream-name", name, "--shard-count", "1");
        await host.RunAsync("aws", "kinesis", "wait", "stream-exists", "--stream-name", name);
        var records = new JsonArray([.. ((string[])["one", "two"]).Select(word => new JsonObject
        {
            ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(word)), ["PartitionKey"] = "k",
        })]);
        await JsonAsync(
            "kinesis", "put-records", "--stream-name", name, "--records", await PlainOrBase64Async(records));
        await host.RunAsync("aws", "kinesis", "split-shard", "--stream-name", name, "--shard-to-split",
            "shardId-000000000000", "--new-starting-hash-key", $"{UInt128.One << 127}");

        var iterator = (string)(await JsonAsync("kinesis", "get-shard-iterator", "--stream-name", name,
            "--shard-id", "shardId-000000000000", "--shard-iterator-type", "TRIM_HORIZON"))["ShardIterator"]!;
        var read = await JsonAsync("kinesis", "get-records", "--shard-iterator", iterator);
        var summary = await JsonAsync("kinesis", "describe-stream-summary", "--stream-name", name);

        Assert.Equal(["one", "two"], read["Records"]!.AsArray().Select(record =>
            Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["Data"]!))));
        Assert.Equal(2, read["ChildShards"]!.AsArray().Count);
        Assert.Null(read["NextShardIterator"]);
        Assert.Equal(2, (int)summary["StreamDescriptionSummary"]!["OpenShardCount"]!);
        await host.RunAsync("aws", "kinesis", "delete-stream", "--stream-name", name);
    }

    [Fact]
    public async Task The_AWS_command_line_reads_the_stream_of_a_table_and_a_FIFO_queue_in_order()
    {
        const string name = "cli-changes";
        var table = await JsonAsync("dynamodb", "create-table", "--table-name", name, "--billing-mode",
            "PAY_PER_REQUEST", "--key-schema", "AttributeName=id,KeyType=HASH", "--attribute-definitions",
            "AttributeName=id,AttributeType=S", "--stream-specification",
            "StreamEnabled=true,StreamViewType=NEW_IMAGE");
        var stream = (string)table["TableDescription"]!["LatestStreamArn"]!;
        await host.RunAsync("aws", "dynamodb", "put-item", "--table-name", name, "--item", """{"id":{"S":"a"}}""");
        await host.RunAsync("aws", "dynamodb", "delete-item", "--table-name", name, "--key", """{"id":{"S":"a"}}""");
        var described = await JsonAsync("dynamodbstreams", "describe-stream", "--stream-arn", stream);
        var iterator = (string)(await JsonAsync("dynamodbstreams", "get-shard-iterator", "--stream-arn", stream,
            "--shard-id", (string)described["StreamDescription"]!["Shards"]![0]!["ShardId"]!,
            "--shard-iterator-type", "TRIM_HORIZON"))["ShardIterator"]!;
        var changes = await JsonAsync("dynamodbstreams", "get-records", "--shard-iterator", iterator);
        Assert.Equal(["INSERT", "REMOVE"],
            changes["Records"]!.AsArray().Select(record => (string?)record!["eventName"]));
        await host.RunAsync("aws", "dynamodb", "delete-table", "--table-name", name);

        var queue = (string)(await SqsAsync("create-queue", "--queue-name", $"{name}.fifo", "--attributes",
            "FifoQueue=true,ContentBasedDeduplication=true"))["QueueUrl"]!;
        foreach (var body in (string[])["a1", "a1", "a2"])
            await SqsAsync("send-message", "--queue-url", queue, "--message-body", body, "--message-group-id", "a");
        var received = await SqsAsync("receive-message", "--queue-url", queue, "--max-number-of-messages", "10");
        Assert.Equal(["a1", "a2"], received["Messages"]!.AsArray().Select(message => (string?)message!["Body"]));
        await SqsAsync("delete-queue", "--queue-url", queue);
    }

    [Fact]
    public async Task The_AWS_command_lines_schedule_is_due()
    {
        const string name = "cli-schedule";
        await SqsAsync("create-queue", "--queue-name", name);
        await JsonAsync("events", "put-rule", "--name", name, "--schedule-expression", "rate(1 hour)");
        await JsonAsync("events", "put-targets", "--rule", name, "--targets",
            $$"""[{"Id":"queue","Arn":"arn:aws:sqs:us-east-1:000000000000:{{name}}","Input":"\"due\""}]""");

        await AssertDueAsync(name);
    }

    /// <summary>After an hour the queue of the same name has the rule's event; the rule is deleted.</summary>
    private async Task AssertDueAsync(string name)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var body = new StringContent("""{"by":"PT1H"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/_isobar/clock/advance", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

        var url = (string)(await SqsAsync("get-queue-url", "--queue-name", name))["QueueUrl"]!;
        var received = await SqsAsync("receive-message", "--queue-url", url, "--wait-time-seconds", "10");
        Assert.Equal("\"due\"", (string?)Assert.Single(received["Messages"]!.AsArray())!["Body"]);
        await JsonAsync("events", "remove-targets", "--rule", name, "--ids", "queue");
        await host.RunAsync("aws", "events", "delete-rule", "--name", name);
    }

    // Version 2 of the command line takes blobs as base64, version 1 as they are.
    private async Task<string> PlainOrBase64Async(JsonArray records)
    {
        var (_, output, errors) = await host.TryAsync("aws", "--version");
        if (!(output + errors).Contains("aws-cli/1", StringComparison.Ordinal)) return records.ToJsonString();
        foreach (var record in records)
            record!["Data"] = Encoding.UTF8.GetString(Convert.FromBase64String((string)record["Data"]!));
        return records.ToJsonString();
    }

    // Version 1 of the command line puts AWS's old address of SQS in the place of AWS_ENDPOINT_URL; this it respects.
    private Task<JsonNode> SqsAsync(params string[] arguments) =>
        JsonAsync(["--endpoint-url", host.Address.GetLeftPart(UriPartial.Authority), "sqs", .. arguments]);

    private async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var output = await host.RunAsync("aws", [.. arguments, "--output", "json"]);
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }
}
