using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Isobar.Local.Lambda.EventSources.Streams;

namespace Isobar.Stories.Platform;

/// <summary>The stream of a table, and a function that is invoked with its records.</summary>
public sealed class StreamStories
{
    private const string Table = """
          Watched:
            Type: AWS::DynamoDB::Table
            Properties:
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
          Failures: {Type: AWS::SQS::Queue}

        """;

    private const string OnFailure = "DestinationConfig: {OnFailure: {Destination: !GetAtt Failures.Arn}}";

    [Fact]
    [Claim("D1")]
    [Claim("B7")]
    [Claim("B10")]
    public async Task A_poisoned_change_is_isolated_by_bisecting_and_its_record_leads_back_to_it()
    {
        await using var stack = await StartAsync(
            "BatchSize: 10, MaximumBatchingWindowInSeconds: 2, BisectBatchOnFunctionError: true, "
            + $"MaximumRetryAttempts: 1, {OnFailure}");
        for (var i = 0; i < 8; i++) await PutAsync(stack, $"item{i}", i == 5 ? "throw" : null);

        await SettleAsync(stack);

        var record = JsonNode.Parse((string)(await stack.ReceiveAsync("Failures"))!["Body"]!)!;
        Assert.Null(await stack.ReceiveAsync("Failures"));
        Assert.Equal("RetryAttemptsExhausted", (string?)record["requestContext"]!["condition"]);
        var batch = record["DDBStreamBatchInfo"]!;
        Assert.Equal(1, (int)batch["batchSize"]!);
        Assert.Equal("item5", await ReadAsync(stack, batch));
        Assert.Equal(Enumerable.Range(0, 8).Where(i => i != 5).Select(i => $"item{i}"),
            (await TakenAsync(stack)).Distinct().Order());
    }

    [Fact]
    public async Task Changes_of_one_item_are_taken_in_order_by_parallel_invocations()
    {
        await using var stack = await StartAsync("ParallelizationFactor: 4, BatchSize: 5");
        for (var i = 0; i < 40; i++) await PutAsync(stack, i % 2 == 0 ? "even" : "odd", number: i);

        await SettleAsync(stack);

        var taken = await TakenAsync(stack);
        Assert.Equal(40, taken.Count);
        foreach (var item in (string[])["even", "odd"])
        {
            var numbers = taken.Where(one => one.StartsWith(item, StringComparison.Ordinal))
                .Select(one => int.Parse(one[item.Length..], null)).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    [Fact]
    public async Task What_was_taken_before_a_reported_record_is_not_seen_again_and_filtered_changes_never()
    {
        await using var stack = await StartAsync(
            "BatchSize: 10, MaximumBatchingWindowInSeconds: 2, MaximumRetryAttempts: 2, "
            + "FunctionResponseTypes: [ReportBatchItemFailures], "
            + $"FilterCriteria: {{Filters: [{{Pattern: '{{\"eventName\":[\"INSERT\"]}}'}}]}}, {OnFailure}");
        await PutAsync(stack, "first");
        await PutAsync(stack, "first", number: 1);
        await PutAsync(stack, "second");
        await PutAsync(stack, "bad", "report");

        await SettleAsync(stack);

        Assert.Equal(["first", "second"], await TakenAsync(stack));
        var record = JsonNode.Parse((string)(await stack.ReceiveAsync("Failures"))!["Body"]!)!;
        Assert.Equal(3, (int)record["requestContext"]!["approximateInvokeCount"]!);
        Assert.Null(record["responseContext"]!["functionError"]);
        Assert.Equal("bad", await ReadAsync(stack, record["DDBStreamBatchInfo"]!));
    }

    [Fact]
    public async Task A_tumbling_window_counts_across_invocations()
    {
        await using var stack = await StartAsync("TumblingWindowInSeconds: 900, BatchSize: 1");
        for (var i = 0; i < 3; i++) await PutAsync(stack, $"item{i}");
        await SettleAsync(stack);
        await stack.PassAsync("PT20M");
        await stack.QuietAsync();

        var lines = await LinesAsync(stack);
        Assert.Equal(3, lines.Count(line => !line.Contains("final", StringComparison.Ordinal)));
        // A window may have ended between two of them.
        Assert.Equal(3, lines.Where(line => line.Contains("final", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split("total ")[1].Split(' ')[0], null)));
    }

    private static Task<ProbeStack> StartAsync(string mapping) => ProbeStack.StartAsync(Table + $$"""
          ProbeFunction:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: functions/Probe
              Handler: Probe
              Runtime: dotnet10
              MemorySize: 512
              Timeout: 5
              Environment: {Variables: {PROBE_RECORDS: '1'} }
              Events:
                Changes:
                  Type: DynamoDB
                  Properties: {Stream: !GetAtt Watched.StreamArn, StartingPosition: TRIM_HORIZON, {{mapping}}}

        """);

    private static Task PutAsync(ProbeStack stack, string id, string? wish = null, int? number = null)
    {
        var item = new Dictionary<string, AttributeValue> { ["id"] = new(id) };
        if (wish is not null) item["do"] = new AttributeValue(wish);
        if (number is not null) item["n"] = new AttributeValue { N = $"{number}" };
        return stack.Stack.DynamoDb.PutItemAsync(stack.Stack.NameOf("Watched"), item);
    }

    // Windows of batching and waits between attempts.
    private static async Task SettleAsync(ProbeStack stack)
    {
        for (var i = 0; i < 4; i++)
        {
            await stack.QuietAsync();
            await stack.PassAsync("PT5S");
        }

        await stack.QuietAsync();
        Assert.DoesNotContain(stack.Host.Journal.After(0), entry => entry.Fact is StreamFailureLost);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(ProbeStack stack)
    {
        var found = await stack.Stack.Calls.LogsAsync("FilterLogEvents", new JsonObject
        {
            ["logGroupName"] = "/aws/lambda/" + stack.Stack.NameOf("ProbeFunction"), ["filterPattern"] = "took",
        });
        // Lines of one millisecond may be of several environments.
        return [.. found["events"]!.AsArray().OrderBy(line => (long)line!["timestamp"]!)
            .ThenBy(line => FirstNumber((string)line!["message"]!))
            .Select(line => ((string)line!["message"]!).TrimEnd())];
    }

    private static int FirstNumber(string line)
    {
        var digits = new string([.. line.SkipWhile(one => !char.IsAsciiDigit(one)).TakeWhile(char.IsAsciiDigit)]);
        return digits.Length > 0 ? int.Parse(digits, null) : 0;
    }

    private static async Task<IReadOnlyList<string>> TakenAsync(ProbeStack stack) => [.. (await LinesAsync(stack))
        .SelectMany(line => line[5..line.IndexOf(" total", StringComparison.Ordinal)]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    // The item of the record that a failure's record names.
    private static async Task<string> ReadAsync(ProbeStack stack, JsonNode batch)
    {
        var iterator = await AskAsync("GetShardIterator", new JsonObject
        {
            ["StreamArn"] = (string)batch["streamArn"]!,
            ["ShardId"] = (string)batch["shardId"]!,
            ["ShardIteratorType"] = "AT_SEQUENCE_NUMBER",
            ["SequenceNumber"] = (string)batch["startSequenceNumber"]!,
        });
        var records = await AskAsync("GetRecords", new JsonObject
        {
            ["ShardIterator"] = (string)iterator["ShardIterator"]!, ["Limit"] = 1,
        });
        return (string)records["Records"]![0]!["dynamodb"]!["Keys"]!["id"]!["S"]!;

        Task<JsonNode> AskAsync(string operation, JsonObject request) =>
            stack.Stack.Calls.StreamsAsync(operation, request);
    }
}
