using System.Text.Json;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class JavaScriptSdkTests
{
    private const string NoQueue = "http://127.0.0.1/000000000000/none";
    private const string NonExistentQueue = "AWS.SimpleQueueService.NonExistentQueue";

    [Fact]
    public async Task The_SDK_can_do_everything_once()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var answers = await JavaScriptClient.RunAsync("Services/Sqs/round-trip.mjs", sqs.Address);

        var url = $"{sqs.Address}000000000000/chunks";
        Assert.Equal(url, answers.GetProperty("queueUrl").GetString());
        Assert.Equal(url, answers.GetProperty("again").GetString());
        Assert.Equal(url, answers.GetProperty("found").GetString());
        Assert.Equal([url], answers.GetProperty("listed").EnumerateArray().Select(item => item.GetString()));
        AssertMessage(answers);
        AssertAttributes(answers.GetProperty("inFlight"));
        Assert.Equal(["one", "two"], Ids(answers.GetProperty("batch"), "Successful"));
        Assert.Equal(["long"], Ids(answers.GetProperty("batch"), "Failed"));
        Assert.Equal(["m0", "m1"], Ids(answers.GetProperty("visibility"), "Successful"));
        Assert.Equal(["m0", "m1"], Ids(answers.GetProperty("deleted"), "Successful"));
        Assert.Equal(["bad"], Ids(answers.GetProperty("deleted"), "Failed"));
        Assert.False(answers.GetProperty("empty").TryGetProperty("Messages", out _));
        Assert.Contains(sqs.World.Journal.After(0), entry => entry.Fact is QueueDeleted { Queue: "chunks" });
    }

    [Fact]
    public async Task A_consumer_that_waits_gets_a_message_as_soon_as_it_is_sent()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var url = await sqs.CreateAsync("chunks");

        var answer = await JavaScriptClient.RunAsync("Services/Sqs/long-poll.mjs", sqs.Address, url);

        Assert.Equal("at last", Assert.Single(answer.GetProperty("bodies").EnumerateArray()).GetString());
        Assert.InRange(answer.GetProperty("milliseconds").GetDouble(), 0, 10_000);
    }

    [Fact]
    public async Task Every_refusal_reaches_the_application_as_the_error_that_AWS_names()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var url = await sqs.CreateAsync("chunks", ("DelaySeconds", "5"));
        (string Operation, string Input, string Name, string Code, int Status)[] cases =
        [
            ("GetQueueUrl", """{"QueueName":"none"}""", "QueueDoesNotExist", NonExistentQueue, 400),
            ("SendMessage", $$"""{"QueueUrl":"{{NoQueue}}","MessageBody":"a"}""",
                "QueueDoesNotExist", NonExistentQueue, 400),
            ("CreateQueue", """{"QueueName":"chunks","Attributes":{"DelaySeconds":"6"}}""",
                "QueueNameExists", "QueueAlreadyExists", 400),
            ("CreateQueue", """{"QueueName":"a b"}""", "InvalidParameterValue", "InvalidParameterValue", 400),
            ("CreateQueue", """{"QueueName":"q","Attributes":{"FifoQueue":"true"}}""",
                "InvalidParameterValue", "InvalidParameterValue", 400),
            ("CreateQueue", """{"QueueName":"q","tags":{"a":"b"}}""",
                "UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400),
            ("CreateQueue", """{"QueueName":"q","Attributes":{"Colour":"red"}}""",
                "InvalidAttributeName", "InvalidAttributeName", 400),
            ("CreateQueue", """{"QueueName":"q","Attributes":{"DelaySeconds":"901"}}""",
                "InvalidAttributeValue", "InvalidAttributeValue", 400),
            ("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"a","MessageGroupId":"a b"}""",
                "InvalidParameterValue", "InvalidParameterValue", 400),
            ("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":""}""",
                "MissingParameter", "MissingParameter", 400),
            ("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"\u0000"}""",
                "InvalidMessageContents", "InvalidMessageContents", 400),
            ("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"{{new string('a', 1_048_577)}}"}""",
                "InvalidParameterValue", "InvalidParameterValue", 400),
            ("SendMessageBatch", $$"""{"QueueUrl":"{{url}}","Entries":[]}""",
                "EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400),
            ("SendMessageBatch", Batch(url, "a", "a"),
                "BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400),
            ("SendMessageBatch", Batch(url, "a!"),
                "InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400),
            ("SendMessageBatch", Batch(url, [.. Enumerable.Range(0, 11).Select(i => $"{i}")]),
                "TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400),
            ("ReceiveMessage", $$"""{"QueueUrl":"{{url}}","WaitTimeSeconds":21}""",
                "InvalidParameterValue", "InvalidParameterValue", 400),
            ("ReceiveMessage", $$"""{"QueueUrl":"{{url}}","MaxNumberOfMessages":11}""",
                "InvalidParameterValue", "InvalidParameterValue", 400),
            ("DeleteMessage", $$"""{"QueueUrl":"{{url}}","ReceiptHandle":"nonsense"}""",
                "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404),
            ("TagQueue", $$"""{"QueueUrl":"{{url}}","Tags":{"a":"b"} }""",
                "UnknownOperationException", "UnknownOperationException", 400),
        ];
        var input = $"[{string.Join(',', cases.Select(test => $"""["{test.Operation}",{test.Input}]"""))}]";

        // The long message does not fit on a command line.
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, input);
        var errors = await JavaScriptClient.RunAsync("Services/Sqs/errors.mjs", sqs.Address, file);
        File.Delete(file);

        Assert.Equal(
            cases.Select(test => (test.Name, test.Code, test.Status)),
            errors.EnumerateArray().Select(error => (error.GetProperty("name").GetString()!,
                error.GetProperty("code").GetString()!, error.GetProperty("status").GetInt32())));
    }

    private static string Batch(string url, params string[] ids) =>
        $$"""{"QueueUrl":"{{url}}","Entries":[{{string.Join(',', ids.Select(Entry))}} ]}""";

    private static string Entry(string id) => $$"""{"Id":"{{id}}","MessageBody":"a"}""";

    private static void AssertMessage(JsonElement answers)
    {
        var sent = answers.GetProperty("sent");
        var received = answers.GetProperty("received");
        Assert.Equal("{\"key\":\"Zürich <&> \U0001F327\"}\n", received.GetProperty("Body").GetString());
        Assert.Equal(sent.GetProperty("MessageId").GetString(), received.GetProperty("MessageId").GetString());
        Assert.Equal(sent.GetProperty("MD5OfMessageAttributes").GetString(),
            received.GetProperty("MD5OfMessageAttributes").GetString());
        Assert.Equal(32, sent.GetProperty("MD5OfMessageSystemAttributes").GetString()!.Length);
        Assert.Equal("0001feff", received.GetProperty("sameMark").GetString());
        var attributes = received.GetProperty("Attributes");
        Assert.Equal("1", attributes.GetProperty("ApproximateReceiveCount").GetString());
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793", attributes.GetProperty("AWSTraceHeader").GetString());
        Assert.Equal("000000000000", attributes.GetProperty("SenderId").GetString());
    }

    private static void AssertAttributes(JsonElement attributes)
    {
        string Of(string name) => attributes.GetProperty(name).GetString()!;
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:chunks", Of("QueueArn"));
        Assert.Equal(("0", "1", "0"), (Of("ApproximateNumberOfMessages"), Of("ApproximateNumberOfMessagesNotVisible"),
            Of("ApproximateNumberOfMessagesDelayed")));
        Assert.Equal(("60", "2048", "345600"),
            (Of("VisibilityTimeout"), Of("MaximumMessageSize"), Of("MessageRetentionPeriod")));
        Assert.Equal(12, attributes.EnumerateObject().Count());
    }

    private static string[] Ids(JsonElement answer, string list) =>
        [.. answer.GetProperty(list).EnumerateArray().Select(entry => entry.GetProperty("Id").GetString()!)];
}
