using System.Text;
using System.Text.Json;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>What the SDK would not send, or would hide.</summary>
public sealed class RequestTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_queues_URL_is_at_the_address_that_the_caller_used_and_any_address_is_taken()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        Assert.Equal($"{sqs.Address}000000000000/chunks", await sqs.CreateAsync("chunks"));

        foreach (var url in new[]
                 {
                     "https://sqs.us-east-1.amazonaws.com/000000000000/chunks",
                     "http://sandbox.localdomain:1/x/000000000000/chunks", "/000000000000/chunks",
                 })
            Assert.Equal(200, (await sqs.PostAsync(
                "SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"a"}""")).Status);
    }

    [Theory]
    [MemberData(nameof(OperationsOnOneQueue))]
    public async Task A_queue_of_the_callers_account_may_be_named_without_its_address(
        string operation, string parameters)
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");

        foreach (var url in new[] { "chunks", "http://h/000000000000/chunks", "000000000000/chunks" })
        {
            var (status, answer) = await sqs.PostAsync(operation, Request(url, await FilledAsync(sqs, parameters)));
            Assert.True(status == 200, $"{url}: {answer}");
            // Deleted, it may not be made again for a minute, and purged not purged again.
            if (operation is "DeleteQueue" or "PurgeQueue") return;
        }
    }

    [Theory]
    [MemberData(nameof(OperationsOnOneQueue))]
    public async Task A_URL_without_account_and_name_is_no_queue(string operation, string parameters)
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");

        foreach (var url in new[]
                 {
                     "http://h", "http://h/", "http://h/chunks", "http://h/account/chunks", "http://h/000000000000",
                     "http://h/000000000000/", "/chunks", "http://h/111111111111/chunks", "other", "chunks/", "a b",
                 })
        {
            using var response = await sqs.SendAsync(
                operation, Encoding.UTF8.GetBytes(Request(url, await FilledAsync(sqs, parameters))));
            using var error = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(
                (400, "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist."),
                ((int)response.StatusCode, error.RootElement.GetProperty("__type").GetString(),
                    error.RootElement.GetProperty("message").GetString()));
            Assert.Equal(["AWS.SimpleQueueService.NonExistentQueue;Sender"],
                response.Headers.GetValues("x-amzn-query-error"));
        }
    }

    public static TheoryData<string, string> OperationsOnOneQueue => new()
    {
        { "GetQueueAttributes", "" },
        { "SetQueueAttributes", "\"Attributes\":{\"DelaySeconds\":\"0\"}" },
        { "PurgeQueue", "" },
        { "SendMessage", "\"MessageBody\":\"a\"" },
        { "SendMessageBatch", "\"Entries\":[{\"Id\":\"a\",\"MessageBody\":\"a\"}]" },
        { "ReceiveMessage", "" },
        { "ChangeMessageVisibility", "\"ReceiptHandle\":\"HANDLE\",\"VisibilityTimeout\":9" },
        { "ChangeMessageVisibilityBatch",
            "\"Entries\":[{\"Id\":\"a\",\"ReceiptHandle\":\"HANDLE\",\"VisibilityTimeout\":9}]" },
        { "DeleteMessage", "\"ReceiptHandle\":\"HANDLE\"" },
        { "DeleteMessageBatch", "\"Entries\":[{\"Id\":\"a\",\"ReceiptHandle\":\"HANDLE\"}]" },
        { "DeleteQueue", "" },
    };

    private static string Request(string url, string parameters) =>
        $"{{\"QueueUrl\":\"{url}\"{(parameters.Length > 0 ? "," : "")}{parameters}}}";

    /// <summary>The parameters with the handle of a message that was just received, where they have one.</summary>
    private static async Task<string> FilledAsync(SqsOnPortZero sqs, string parameters)
    {
        if (!parameters.Contains("HANDLE", StringComparison.Ordinal)) return parameters;
        await sqs.PostAsync("SendMessage", """{"QueueUrl":"chunks","MessageBody":"a"}""");
        var (_, received) = await sqs.PostAsync("ReceiveMessage", """{"QueueUrl":"chunks"}""");
        var handle = received.GetProperty("Messages")[0].GetProperty("ReceiptHandle").GetString()!;
        return parameters.Replace("HANDLE", handle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_may_hold_one_mebibyte_and_no_byte_more()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var url = await sqs.CreateAsync("chunks");
        string Body(int bytes) => $$$"""
            {"QueueUrl":"{{{url}}}","Entries":[
              {"Id":"a","MessageBody":"{{{new string('a', SqsLimits.MaxMessageBytes - 1_000)}}}"},
              {"Id":"b","MessageBody":"\u00e9{{{new string('b', bytes - 13)}}}",
               "MessageAttributes":{"name":{"DataType":"Number","StringValue":"1"} } }]}
            """;

        // Two bytes for the first character, eleven for the attribute's name, type and value.
        Assert.Equal(200, (await sqs.PostAsync("SendMessageBatch", Body(1_000))).Status);
        var (status, refused) = await sqs.PostAsync("SendMessageBatch", Body(1_001));

        Assert.Equal(400, status);
        Assert.Equal("Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
            refused.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_caller_that_hangs_up_takes_no_message_with_it()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var url = await sqs.CreateAsync("chunks");
        using var hangUp = new CancellationTokenSource();
        var poll = sqs.PostAsync("ReceiveMessage", $$"""{"QueueUrl":"{{url}}","WaitTimeSeconds":20}""", hangUp.Token);
        await sqs.World.Journal.WaitForAsync<ReceiveParked>(_ => true, Bound);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        await sqs.World.Journal.WaitForAsync<ReceiveWithdrawn>(_ => true, Bound);

        await sqs.PostAsync("SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"a"}""");
        var (_, answer) = await sqs.PostAsync(
            "ReceiveMessage", $$"""{"QueueUrl":"{{url}}"}""").WaitAsync(Bound);

        Assert.Single(answer.GetProperty("Messages").EnumerateArray());
    }

    [Fact]
    public async Task Queues_are_listed_by_name_in_pages()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        foreach (var name in new[] { "c", "a", "b", "other" }) await sqs.CreateAsync("q-" + name);

        var (_, first) = await sqs.PostAsync("ListQueues", """{"QueueNamePrefix":"q-","MaxResults":3}""");
        var token = first.GetProperty("NextToken").GetString();
        var (_, last) = await sqs.PostAsync(
            "ListQueues", $$"""{"QueueNamePrefix":"q-","MaxResults":3,"NextToken":"{{token}}"}""");

        Assert.Equal(["q-a", "q-b", "q-c"], Names(first));
        Assert.Equal(["q-other"], Names(last));
        Assert.False(last.TryGetProperty("NextToken", out _));
    }

    [Fact]
    public async Task A_list_without_pages_holds_a_thousand_queues_at_most()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        for (var i = 0; i <= SqsLimits.MaxListResults; i++) await sqs.CreateAsync($"q{i}");

        var (_, answer) = await sqs.PostAsync("ListQueues", "{}");

        Assert.Equal(SqsLimits.MaxListResults, Names(answer).Length);
    }

    [Fact]
    public async Task A_purge_within_a_minute_of_the_last_is_forbidden()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var body = $$"""{"QueueUrl":"{{await sqs.CreateAsync("chunks")}}"}""";
        Assert.Equal(200, (await sqs.PostAsync("PurgeQueue", body)).Status);
        using var refused = await sqs.SendAsync("PurgeQueue", Encoding.UTF8.GetBytes(body));

        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Equal("AWS.SimpleQueueService.PurgeQueueInProgress;Sender",
            Assert.Single(refused.Headers.GetValues("x-amzn-query-error")));
        sqs.World.Clock.JumpBy(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await sqs.PostAsync("PurgeQueue", body)).Status);
    }

    private static string[] Names(JsonElement answer) =>
        [.. answer.GetProperty("QueueUrls").EnumerateArray().Select(url => url.GetString()!.Split('/')[^1])];
}
