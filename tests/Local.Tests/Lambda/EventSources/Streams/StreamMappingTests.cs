using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Tests.Services;
using Isobar.Local.Tests.Services.DynamoDb;

namespace Isobar.Local.Tests.Lambda.EventSources.Streams;

/// <summary>Mappings of a table's stream with everything but the function.</summary>
public sealed class StreamMappingTests
{
    private const string Table = """
          Watched:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: watched
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              StreamSpecification: {StreamViewType: NEW_IMAGE}
          Failures: {Type: AWS::S3::Bucket, Properties: {BucketName: failures}}
          Work: {Type: AWS::SQS::Queue, Properties: {QueueName: work}}

        """;

    [Fact]
    public async Task A_bucket_gets_the_records_of_a_batch_that_was_given_up()
    {
        await using var lambda = await StartAsync(
            "MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Destination: 'arn:aws:s3:::failures'}}");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());

        await PutAsync(lambda, "a");

        var sent = await lambda.FactAsync<DeliverySucceeded>();
        var given = await lambda.FactAsync<StreamBatchGivenUp>();
        Assert.Matches(@"^arn:aws:s3:::failures/aws/lambda/[0-9a-f-]{36}/shardId-[0-9a-f-]+/\d{4}/\d\d/\d\d/"
            + @"\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$", sent.Target);
        var target = Arn.TryParse(sent.Target)!;
        using var content = new MemoryStream();
        await lambda.World.Directory.Of<IObjectSource>(target)!.CopyAsync(target, null, content, 1 << 20, default);
        var record = JsonNode.Parse(Encoding.UTF8.GetString(content.ToArray()))!;
        Assert.Equal(given.First, (string?)record["DDBStreamBatchInfo"]!["startSequenceNumber"]);
        var payload = JsonNode.Parse((string)record["payload"]!)!;
        Assert.Equal("a", (string?)payload["Records"]![0]!["dynamodb"]!["Keys"]!["id"]!["S"]);
    }

    [Fact]
    public async Task Items_are_seen_in_their_order_by_ten_invocations_at_a_time()
    {
        await using var lambda = await StartAsync("ParallelizationFactor: 10, BatchSize: 3");
        for (var i = 0; i < 100; i++) await PutAsync(lambda, $"{i % 7}", $"{i}");
        await SettleAsync(lambda);

        var seen = lambda.Pool.Requests.SelectMany(request =>
            JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray().Select(record => (
                Id: (string)record!["dynamodb"]!["Keys"]!["id"]!["S"]!,
                Value: int.Parse((string)record["dynamodb"]!["NewImage"]!["v"]!["S"]!, null)))).ToList();

        Assert.Equal(100, seen.Count);
        foreach (var item in seen.GroupBy(one => one.Id))
            Assert.Equal(item.Select(one => one.Value).Order(), item.Select(one => one.Value));
    }

    [Fact]
    public async Task An_event_of_a_tumbling_window_says_where_it_is_in_it()
    {
        await using var lambda = await StartAsync("TumblingWindowInSeconds: 60");
        lambda.Pool.Run = (_, request) => ValueTask.FromResult(
            EnvironmentsInName.Success("""{"state":{"seen":1}}"""));

        await PutAsync(lambda, "a");
        await lambda.FactAsync<StreamBatchSucceeded>();
        await SettleAsync(lambda, TimeSpan.FromMinutes(4));

        var events = lambda.Pool.Requests.Select(request => JsonNode.Parse(request.Payload.Span)!).ToList();
        Assert.Equal(2, events.Count);
        Assert.Equal(["{}", """{"seen":1}"""], events.Select(one => one["state"]!.ToJsonString()));
        Assert.Equal([false, true], events.Select(one => (bool)one["isFinalInvokeForWindow"]!));
        Assert.Equal([1, 0], events.Select(one => one["Records"]!.AsArray().Count));
        Assert.All(events, one => Assert.False((bool)one["isWindowTerminatedEarly"]!));
        Assert.Equal(TimeSpan.FromSeconds(60), DateTimeOffset.Parse((string)events[0]["window"]!["end"]!, null)
            - DateTimeOffset.Parse((string)events[0]["window"]!["start"]!, null));
    }

    [Fact]
    public async Task A_response_without_state_fails_in_a_tumbling_window()
    {
        await using var lambda = await StartAsync("TumblingWindowInSeconds: 60, MaximumRetryAttempts: 0");
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("{}"));

        await PutAsync(lambda, "a");

        Assert.Contains("no state", (await lambda.FactAsync<StreamBatchFailed>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_mapping_is_changed_disabled_and_goes_on_behind_what_is_done()
    {
        await using var lambda = await StartAsync("BatchSize: 10");
        await PutAsync(lambda, "a");
        await lambda.FactAsync<StreamBatchSucceeded>();
        var uuid = (string)(await lambda.SendAsync(HttpMethod.Get, "/2015-03-31/event-source-mappings/"))
            .Json["EventSourceMappings"]![0]!["UUID"]!;

        await ChangeAsync("""{"Enabled":false}""");
        await PutAsync(lambda, "b");
        await PutAsync(lambda, "c");
        await SettleAsync(lambda);
        Assert.Single(lambda.Pool.Requests);
        await ChangeAsync("""{"Enabled":true,"BatchSize":1,"ParallelizationFactor":2}""");
        await SettleAsync(lambda);

        Assert.Equal(["a", "b", "c"], lambda.Pool.Requests.SelectMany(Ids).Order());
        Assert.Equal(3, lambda.Pool.Requests.Count);

        async Task ChangeAsync(string body) => Assert.Equal(202, (await lambda.SendAsync(
            HttpMethod.Put, $"/2015-03-31/event-source-mappings/{uuid}", new StringContent(body))).Status);
    }

    [Fact]
    public async Task A_latest_mapping_sees_only_what_comes_after_it()
    {
        await using var lambda = await StartAsync(mapping: null);
        await PutAsync(lambda, "before");
        await lambda.DeployAsync(Mapping("Enabled: true", await StreamAsync(lambda), "LATEST"));
        await SettleAsync(lambda);
        await PutAsync(lambda, "after");
        await lambda.FactAsync<StreamBatchSucceeded>();

        Assert.Equal(["after"], lambda.Pool.Requests.SelectMany(Ids));
    }

    [Fact]
    public async Task A_throttled_batch_is_invoked_later_and_its_age_is_measured()
    {
        await using var lambda = await StartAsync("MaximumRetryAttempts: 0", function: """
                  ReservedConcurrentExecutions: 0
            """);
        await PutAsync(lambda, "a");
        var throttled = await lambda.FactAsync<BatchThrottled>();
        await lambda.SendAsync(HttpMethod.Delete, "/2017-10-31/functions/echo/concurrency");

        Assert.NotNull(throttled.Next);
        await SettleAsync(lambda, TimeSpan.FromMinutes(2));

        Assert.Single(lambda.Pool.Requests);
        var ages = lambda.World.Journal.After(0).Select(entry => entry.Fact).OfType<StreamBatchInvoked>()
            .Select(fact => fact.IteratorAge).ToList();
        Assert.Equal(ages.Order(), ages);
        Assert.True(ages[^1] >= TimeSpan.FromSeconds(1));
        Assert.Contains(((IMeasuredFact)lambda.World.Journal.After(0).Select(entry => entry.Fact)
            .OfType<StreamBatchInvoked>().Last()).Metrics, datum => datum.Metric.Name == "IteratorAge"
                && datum.Value == ages[^1].TotalMilliseconds);
    }

    [Fact]
    public async Task A_message_that_no_filter_lets_pass_is_deleted_and_never_seen()
    {
        await using var lambda = await StartAsync(mapping: null);
        await lambda.DeployAsync("""
              QueueMapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  EventSourceArn: arn:aws:sqs:us-east-1:000000000000:work
                  FunctionName: echo
                  FilterCriteria: {Filters: [{Pattern: '{"body":{"kind":["good"]}}'}, {Pattern: '{"body":["plain"]}'}]}
            """);
        var queue = Arn.TryParse("arn:aws:sqs:us-east-1:000000000000:work")!;
        var target = lambda.World.Directory.Find<ITarget>(queue)!;
        string[] bodies = ["""{"kind":"bad"}""", "plain", "other text", """{"kind":"good"}""", "{broken"];
        foreach (var body in bodies)
            await target.DeliverAsync(queue, new TargetEvent(Encoding.UTF8.GetBytes(body), Deliver.Nobody), default);
        await SettleAsync(lambda, TimeSpan.FromMinutes(5));

        Assert.Equal(["plain", """{"kind":"good"}"""], lambda.Pool.Requests
            .SelectMany(request => JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray())
            .Select(record => (string)record!["body"]!).Order(StringComparer.Ordinal));
    }

    private static Task<LambdaOnPortZero> StartAsync(string? mapping = "", string function = "")
    {
        var resources = LambdaOnPortZero.Function("Echo", "echo", function) + Table;
        if (mapping is not null) resources += Mapping(mapping.Length > 0 ? mapping : "Enabled: true");
        return LambdaOnPortZero.StartAsync(resources, world =>
        [
            new DynamoDbModule(world.Context), new SqsModule(world.Context), new S3Module(world.Context),
        ]);
    }

    private static string Mapping(string more, string? stream = null, string start = "TRIM_HORIZON")
    {
        var (source, function) = stream is null ? ("!GetAtt Watched.StreamArn", "!Ref Echo") : ($"'{stream}'", "echo");
        return $$"""
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  {EventSourceArn: {{source}}, FunctionName: {{function}}, StartingPosition: {{start}}, {{more}}}

            """;
    }

    private static IEnumerable<string> Ids(Isobar.Local.Lambda.Environments.InvocationRequest request) =>
        JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray()
            .Select(record => (string)record!["dynamodb"]!["Keys"]!["id"]!["S"]!);

    private static Task PutAsync(LambdaOnPortZero lambda, string id, string value = "v") => AskAsync(
        lambda, "PutItem", $$$"""
        {"TableName":"watched","Item":{"id":{"S":"{{{id}}}"},"v":{"S":"{{{value}}}"} } }
        """);

    private static async Task<string> StreamAsync(LambdaOnPortZero lambda) => (string)(await AskAsync(
        lambda, "DescribeTable", """{"TableName":"watched"}"""))["Table"]!["LatestStreamArn"]!;

    private static async Task<JsonNode> AskAsync(LambdaOnPortZero lambda, string operation, string body)
    {
        using var request = RawRequest.Of(lambda.Address, operation, body);
        using var answer = await lambda.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task SettleAsync(LambdaOnPortZero lambda, TimeSpan time = default)
    {
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, TimeSpan.FromSeconds(20));
        await clock.AdvanceByAsync(time, default);
    }
}
