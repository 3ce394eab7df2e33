using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Clients;

/// <summary>The stock AWS command line against a host that is up.</summary>
/// <remarks>Not on AWS, where it would show nothing of this repository's.</remarks>
[Collection(OneStack.Name)]
public sealed class CommandLineStories(ClientHost host) : IClassFixture<ClientHost>
{
    // Above the 8 MB from which the command line uploads in parts.
    private const int CopiedBytes = 13_000_000;

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task S3_cp_takes_13_MB_there_and_back()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-cp-").FullName;
        var (there, back) = (Path.Combine(folder, "there"), Path.Combine(folder, "back"));
        var bytes = new byte[CopiedBytes];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(there, bytes);
        var data = await OutputAsync("DataBucketName");

        await host.RunAsync("aws", "s3", "cp", there, $"s3://{data}/a folder/ü+13.bin", "--no-progress");
        await host.RunAsync("aws", "s3", "cp", $"s3://{data}/a folder/ü+13.bin", back, "--no-progress");
        var listed = await host.RunAsync("aws", "s3", "ls", $"s3://{data}/a folder/");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(back));
        Assert.Contains($"{CopiedBytes} ü+13.bin", listed, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_presigned_URL_is_read_by_any_browser()
    {
        var data = await OutputAsync("DataBucketName");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "presigned");
        await host.RunAsync("aws", "s3api", "put-object", "--bucket", data, "--key", "pre signed.txt", "--body", file);
        File.Delete(file);

        var url = await host.RunAsync("aws", "s3", "presign", $"s3://{data}/pre signed.txt", "--expires-in", "60");

        using var client = new HttpClient();
        Assert.Equal("presigned", await client.GetStringAsync(url.Trim()));
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_message_is_sent_received_and_deleted()
    {
        var url = await SqsAsync("get-queue-url", "--queue-name", await AQueueAsync());
        var queue = (string)url["QueueUrl"]!;

        await SqsAsync("send-message", "--queue-url", queue, "--message-body", "hello ü",
            "--message-attributes", "kind={DataType=String,StringValue=greeting}");
        var received = await SqsAsync("receive-message", "--queue-url", queue, "--wait-time-seconds", "1",
            "--message-attribute-names", "All");
        var message = Assert.Single(received["Messages"]!.AsArray())!;
        Assert.Equal(("hello ü", "greeting"),
            ((string?)message["Body"], (string?)message["MessageAttributes"]!["kind"]!["StringValue"]));
        await SqsAsync("delete-message", "--queue-url", queue, "--receipt-handle", (string)message["ReceiptHandle"]!);
        var after = await SqsAsync("get-queue-attributes", "--queue-url", queue, "--attribute-names", "All");
        var left = after["Attributes"]!;
        Assert.Equal(("0", "0"),
            ((string?)left["ApproximateNumberOfMessages"], (string?)left["ApproximateNumberOfMessagesNotVisible"]));
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task Items_are_read_and_queried()
    {
        var table = await OutputAsync("JobsTableName");
        await host.RunAsync("aws", "dynamodb", "put-item", "--table-name", table, "--item",
            """{"job":{"S":"cli"},"item":{"S":"chunk#1"},"rows":{"N":"7"}}""");

        var one = await JsonAsync("dynamodb", "get-item", "--table-name", table, "--key",
            """{"job":{"S":"cli"},"item":{"S":"chunk#1"}}""");
        var some = await JsonAsync("dynamodb", "query", "--table-name", table,
            "--key-condition-expression", "job = :j and begins_with(#i, :c)",
            "--expression-attribute-names", """{"#i":"item"}""",
            "--expression-attribute-values", """{":j":{"S":"cli"},":c":{"S":"chunk#"}}""");

        Assert.Equal("7", (string?)one["Item"]!["rows"]!["N"]);
        Assert.Equal(1, (int)some["Count"]!);
    }

    [Fact]
    public async Task A_function_is_invoked_with_the_tail_of_its_log()
    {
        var stack = await JsonAsync("cloudformation", "list-stack-resources", "--stack-name", host.StackName);
        var function = stack["StackResourceSummaries"]!.AsArray().Single(
            resource => (string?)resource!["LogicalResourceId"] == "TransformFunction")!["PhysicalResourceId"]!;
        var (payload, output) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(payload, """{"Records":[]}""");

        var answer = await JsonAsync("lambda", "invoke", "--function-name", (string)function!, "--log-type", "Tail",
            "--payload", $"fileb://{payload}", output);

        Assert.Equal(200, (int)answer["StatusCode"]!);
        Assert.Null(answer["FunctionError"]);
        Assert.Contains("batchItemFailures", await File.ReadAllTextAsync(output), StringComparison.Ordinal);
        var tail = Encoding.UTF8.GetString(Convert.FromBase64String((string)answer["LogResult"]!));
        Assert.Contains("platform.report", tail, StringComparison.Ordinal);
        File.Delete(payload);
        File.Delete(output);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_functions_asynchronous_invocation_and_concurrency_are_configured()
    {
        var stack = await JsonAsync("cloudformation", "list-stack-resources", "--stack-name", host.StackName);
        var function = (string)stack["StackResourceSummaries"]!.AsArray().Single(resource =>
            (string?)resource!["LogicalResourceId"] == "TransformFunction")!["PhysicalResourceId"]!;
        string[] named = ["--function-name", function];

        await JsonAsync(["lambda", "put-function-event-invoke-config", .. named, "--maximum-retry-attempts", "0",
            "--destination-config", """{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:000000000000:stories"}}"""]);
        var config = await JsonAsync(["lambda", "update-function-event-invoke-config", .. named,
            "--maximum-event-age-in-seconds", "60"]);
        var listed = await JsonAsync(["lambda", "list-function-event-invoke-configs", .. named]);
        await host.RunAsync("aws", ["lambda", "delete-function-event-invoke-config", .. named]);
        var reserved = await JsonAsync(["lambda", "put-function-concurrency", .. named,
            "--reserved-concurrent-executions", "7"]);
        await host.RunAsync("aws", ["lambda", "delete-function-concurrency", .. named]);

        Assert.Equal((0, 60), ((int)config["MaximumRetryAttempts"]!, (int)config["MaximumEventAgeInSeconds"]!));
        Assert.Single(listed["FunctionEventInvokeConfigs"]!.AsArray());
        Assert.Equal(7, (int)reserved["ReservedConcurrentExecutions"]!);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_published_message_reaches_a_queue_that_was_subscribed()
    {
        var queue = (string)(await SqsAsync("create-queue", "--queue-name", "published"))["QueueUrl"]!;
        var topic = (string)(await JsonAsync("sns", "create-topic", "--name", "stories"))["TopicArn"]!;
        await JsonAsync("sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint",
            "arn:aws:sqs:us-east-1:000000000000:published", "--attributes", "RawMessageDelivery=true");

        await JsonAsync("sns", "publish", "--topic-arn", topic, "--message", "hail ü", "--message-attributes",
            """{"kind":{"DataType":"String","StringValue":"storm"}}""");

        var received = await SqsAsync("receive-message", "--queue-url", queue, "--wait-time-seconds", "10",
            "--message-attribute-names", "All");
        var message = Assert.Single(received["Messages"]!.AsArray())!;
        Assert.Equal(("hail ü", "storm"),
            ((string?)message["Body"], (string?)message["MessageAttributes"]!["kind"]!["StringValue"]));
    }

    /// <summary>Not on LocalStack, which escapes the letters of an event that are not ASCII.</summary>
    [Fact]
    public async Task An_event_reaches_the_target_of_its_rule()
    {
        var queue = (string)(await SqsAsync("create-queue", "--queue-name", "observed"))["QueueUrl"]!;
        await JsonAsync("events", "put-rule", "--name", "stories", "--event-pattern", """{"source":["stories"]}""");
        await JsonAsync("events", "put-targets", "--rule", "stories", "--targets",
            """[{"Id":"queue","Arn":"arn:aws:sqs:us-east-1:000000000000:observed","InputPath":"$.detail"}]""");

        var put = await JsonAsync("events", "put-events", "--entries",
            """[{"Source":"stories","DetailType":"Storm","Detail":"{\"city\":\"Zürich\"}"}]""");

        Assert.Equal(0, (int)put["FailedEntryCount"]!);
        var received = await SqsAsync("receive-message", "--queue-url", queue, "--wait-time-seconds", "10");
        Assert.Equal("""{"city":"Zürich"}""", (string?)Assert.Single(received["Messages"]!.AsArray())!["Body"]);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task A_function_takes_an_event_without_waiting()
    {
        var stack = await JsonAsync("cloudformation", "list-stack-resources", "--stack-name", host.StackName);
        var function = (string)stack["StackResourceSummaries"]!.AsArray().Single(
            resource => (string?)resource!["LogicalResourceId"] == "TransformFunction")!["PhysicalResourceId"]!;
        var (payload, output) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(payload, """{"Records":[]}""");

        var answer = await JsonAsync("lambda", "invoke", "--function-name", function, "--invocation-type", "Event",
            "--payload", $"fileb://{payload}", output);

        Assert.Equal(202, (int)answer["StatusCode"]!);
        Assert.Empty(await File.ReadAllBytesAsync(output));
        File.Delete(payload);
        File.Delete(output);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task APIs_are_listed_and_one_that_is_not_there_is_not_found()
    {
        var apis = await JsonAsync("apigateway", "get-rest-apis");
        Assert.IsType<JsonArray>(apis["items"]);
        var (status, _, errors) = await host.TryAsync("aws", "apigateway", "get-rest-api", "--rest-api-id", "none");
        Assert.NotEqual(0, status);
        Assert.Contains("(NotFoundException)", errors, StringComparison.Ordinal);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task The_stack_and_the_caller_describe_themselves()
    {
        var stacks = await JsonAsync("cloudformation", "describe-stacks", "--stack-name", host.StackName);
        var caller = await JsonAsync("sts", "get-caller-identity");

        Assert.Equal("CREATE_COMPLETE", (string?)Assert.Single(stacks["Stacks"]!.AsArray())!["StackStatus"]);
        Assert.Equal("000000000000", (string?)caller["Account"]);
    }

    [Fact]
    public async Task What_is_not_there_is_AWSs_error()
    {
        var (status, _, errors) = await host.TryAsync(
            "aws", "s3api", "list-object-versions", "--bucket", "isobar-none");
        Assert.NotEqual(0, status);
        Assert.Contains("(NoSuchBucket)", errors, StringComparison.Ordinal);

        foreach (var (service, command) in ((string, string)[])[
            ("firehose", "list-delivery-streams"), ("iam", "list-roles")])
        {
            (status, _, errors) = await host.TryAsync("aws", service, command);
            Assert.NotEqual(0, status);
            Assert.Contains("(UnrecognizedClientException)", errors, StringComparison.Ordinal);
        }
    }

    // A queue that no mapping reads.
    private async Task<string> AQueueAsync()
    {
        await SqsAsync("create-queue", "--queue-name", "stories");
        return "stories";
    }

    private async Task<string> OutputAsync(string key)
    {
        var stacks = await JsonAsync("cloudformation", "describe-stacks", "--stack-name", host.StackName);
        return (string)stacks["Stacks"]![0]!["Outputs"]!.AsArray()
            .Single(output => (string?)output!["OutputKey"] == key)!["OutputValue"]!;
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
