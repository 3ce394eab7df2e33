using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.Kinesis;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Lambda.EventSources.Streams;

/// <summary>Mappings of a Kinesis stream with everything but the function.</summary>
public sealed class KinesisMappingTests
{
    private const string StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/readings";
    private const string Half = "170141183460469231731687303715884105728";

    private static string Stream(int shards = 1) => $$"""
          Readings: {Type: AWS::Kinesis::Stream, Properties: {Name: readings, ShardCount: {{shards}} } }
          Failures: {Type: AWS::S3::Bucket, Properties: {BucketName: failures} }
          Work: {Type: AWS::SQS::Queue, Properties: {QueueName: work} }

        """;

    [Fact]
    public async Task An_event_has_the_records_as_AWS_writes_them()
    {
        await using var lambda = await StartAsync();
        var put = await lambda.PutRecordAsync("wärme", "station");
        await lambda.FactAsync<StreamBatchSucceeded>();

        var record = Assert.Single(Event(Assert.Single(lambda.Pool.Requests))["Records"]!.AsArray())!.AsObject();

        var number = (string)put["SequenceNumber"]!;
        var arrived = (decimal)record["kinesis"]!["approximateArrivalTimestamp"]!;
        Assert.InRange(arrived, 1_700_000_000, 4_000_000_000);
        Assert.Equal(
            [
                "kinesis", "eventSource", "eventVersion", "eventID", "eventName", "invokeIdentityArn", "awsRegion",
                "eventSourceARN",
            ],
            record.Select(member => member.Key));
        Assert.Equal(
            ["kinesisSchemaVersion", "partitionKey", "sequenceNumber", "data", "approximateArrivalTimestamp"],
            record["kinesis"]!.AsObject().Select(member => member.Key));
        Assert.Equal(("aws:kinesis", "1.0", $"shardId-000000000000:{number}", "aws:kinesis:record"), (
            (string)record["eventSource"]!, (string)record["eventVersion"]!, (string)record["eventID"]!,
            (string)record["eventName"]!));
        Assert.StartsWith("arn:aws:iam::000000000000:role/", (string)record["invokeIdentityArn"]!,
            StringComparison.Ordinal);
        Assert.Equal(("station", number, "d8Okcm1l"), ((string)record["kinesis"]!["partitionKey"]!,
            (string)record["kinesis"]!["sequenceNumber"]!, (string)record["kinesis"]!["data"]!));
    }

    [Fact]
    public async Task Records_of_a_key_stay_in_order_through_ten_invocations_at_a_time_and_a_split()
    {
        await using var lambda = await StartAsync("ParallelizationFactor: 10, BatchSize: 3");
        for (var i = 0; i < 120; i++)
        {
            if (i == 60)
                await lambda.AskKinesisAsync("SplitShard", $$"""
                    {"StreamName":"readings","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"{{Half}}"}
                    """);
            await lambda.PutRecordAsync($"{i}", $"{i % 7}");
        }

        await SettleAsync(lambda);

        var seen = lambda.Pool.Requests.SelectMany(request => Event(request)["Records"]!.AsArray())
            .Select(record => (Key: (string)record!["kinesis"]!["partitionKey"]!, Value: int.Parse(
                Encoding.UTF8.GetString(Convert.FromBase64String((string)record["kinesis"]!["data"]!)), null)))
            .ToList();
        Assert.Equal(Enumerable.Range(0, 120), seen.Select(one => one.Value).Order());
        foreach (var key in seen.GroupBy(one => one.Key))
            Assert.Equal(key.Select(one => one.Value).Order(), key.Select(one => one.Value));
    }

    [Fact]
    public async Task The_children_of_a_shard_are_read_once_all_of_its_records_are_done()
    {
        await using var lambda = await StartAsync("BatchSize: 1");
        var blocked = new TaskCompletionSource();
        lambda.Pool.Run = async (_, request) =>
        {
            if (KinesisCalls.Texts(Event(request)).Contains("parent")) await blocked.Task;
            return EnvironmentsInName.Success("{}");
        };
        await lambda.PutRecordAsync("parent");
        await lambda.AskKinesisAsync("SplitShard", $$"""
            {"StreamName":"readings","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"{{Half}}"}
            """);
        await lambda.PutRecordAsync("child");
        await lambda.FactAsync<StreamBatchInvoked>();

        Assert.Equal(["parent"], lambda.Pool.Requests.SelectMany(request => KinesisCalls.Texts(Event(request))));
        blocked.SetResult();
        await SettleAsync(lambda);
        Assert.Equal(["parent", "child"],
            lambda.Pool.Requests.SelectMany(request => KinesisCalls.Texts(Event(request))));
    }

    [Fact]
    public async Task A_mapping_begins_at_a_timestamp_in_every_shard()
    {
        await using var lambda = await StartAsync(mapping: null, shards: 2);
        foreach (var key in (string[])["a", "b"]) await lambda.PutRecordAsync($"early {key}", key);
        await SettleAsync(lambda, TimeSpan.FromMinutes(10));
        var since = lambda.World.Clock.GetUtcNow().ToUnixTimeSeconds();
        await SettleAsync(lambda, TimeSpan.FromMinutes(1));
        foreach (var key in (string[])["a", "b"]) await lambda.PutRecordAsync($"late {key}", key);

        await lambda.DeployAsync(Mapping($"StartingPositionTimestamp: {since}", "AT_TIMESTAMP"));
        await SettleAsync(lambda);

        Assert.Equal(["late a", "late b"],
            lambda.Pool.Requests.SelectMany(request => KinesisCalls.Texts(Event(request))).Order());
        var future = lambda.World.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var refused = await lambda.SendAsync(
            HttpMethod.Post, "/2015-03-31/event-source-mappings/", new StringContent($$"""
            {"FunctionName":"echo","EventSourceArn":"{{StreamArn}}","StartingPosition":"AT_TIMESTAMP",
            "StartingPositionTimestamp":{{future}}}
            """));
        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task A_batch_gathers_records_for_its_window()
    {
        await using var lambda = await StartAsync("MaximumBatchingWindowInSeconds: 30");
        await lambda.PutRecordAsync("one");
        await SettleAsync(lambda, TimeSpan.FromSeconds(10));
        await lambda.PutRecordAsync("two");
        Assert.Empty(lambda.Pool.Requests);
        await SettleAsync(lambda, TimeSpan.FromSeconds(30));

        Assert.Equal(["one", "two"], KinesisCalls.Texts(Event(Assert.Single(lambda.Pool.Requests))));
    }

    [Fact]
    public async Task Bisecting_finds_the_record_that_fails_and_a_bucket_gets_it()
    {
        await using var lambda = await StartAsync("BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, "
            + "BatchSize: 8, MaximumBatchingWindowInSeconds: 5, "
            + "DestinationConfig: {OnFailure: {Destination: 'arn:aws:s3:::failures'}}");
        lambda.Pool.Run = (_, request) => ValueTask.FromResult(KinesisCalls.Texts(Event(request)).Contains("5")
            ? EnvironmentsInName.Failure()
            : EnvironmentsInName.Success("{}"));
        for (var i = 0; i < 8; i++) await lambda.PutRecordAsync($"{i}");
        await SettleAsync(lambda, TimeSpan.FromMinutes(2));

        var given = await lambda.FactAsync<StreamBatchGivenUp>();
        var sent = await lambda.FactAsync<DeliverySucceeded>();
        Assert.Matches("/shardId-000000000000/", sent.Target);
        var target = Arn.TryParse(sent.Target)!;
        using var content = new MemoryStream();
        await lambda.World.Directory.Of<IObjectSource>(target)!.CopyAsync(target, null, content, 1 << 20, default);
        var record = JsonNode.Parse(Encoding.UTF8.GetString(content.ToArray()))!;
        var batch = record["KinesisBatchInfo"]!;
        Assert.Equal((given.First, 1, "shardId-000000000000"), ((string)batch["startSequenceNumber"]!,
            (int)batch["batchSize"]!, (string)batch["shardId"]!));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)batch["approximateArrivalOfFirstRecord"]!);
        Assert.Equal(["5"], KinesisCalls.Texts(JsonNode.Parse((string)record["payload"]!)!));
        Assert.Equal(["0", "1", "2", "3", "4", "6", "7"], lambda.World.Journal.After(0)
            .Select(entry => entry.Fact).OfType<StreamBatchSucceeded>()
            .Select(fact => lambda.Pool.Requests.First(request => request.RequestId == fact.RequestId))
            .SelectMany(request => KinesisCalls.Texts(Event(request))).Order());
    }

    [Theory]
    [InlineData("failures", 1)]
    [InlineData("no-such-bucket", 0)]
    public async Task A_record_counts_as_delivered_once_the_destination_has_it(string bucket, int delivered)
    {
        await using var lambda = await StartAsync("MaximumRetryAttempts: 0, MetricsConfig: {Metrics: [EventCount]}, "
            + $"DestinationConfig: {{OnFailure: {{Destination: 'arn:aws:s3:::{bucket}'}}}}");
        var metrics = new Kept();
        lambda.World.Context.Metrics.KeepIn(metrics);
        lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Failure());
        await lambda.PutRecordAsync("one");
        await SettleAsync(lambda, TimeSpan.FromMinutes(2));

        await lambda.FactAsync<StreamBatchGivenUp>();
        if (delivered > 0) await lambda.FactAsync<DeliverySucceeded>();
        else await lambda.FactAsync<StreamFailureLost>();
        Assert.Equal(1, metrics.Sum("DroppedEventCount"));
        Assert.Equal(delivered, metrics.Sum("OnFailureDestinationDeliveredEventCount"));
    }

    [Fact]
    public async Task A_tumbling_window_hands_its_state_on()
    {
        await using var lambda = await StartAsync("TumblingWindowInSeconds: 60, BatchSize: 1");
        lambda.Pool.Run = (_, request) => ValueTask.FromResult(EnvironmentsInName.Success(
            $$"""{"state":{"seen":{{1 + ((int?)Event(request)["state"]!["seen"] ?? 0)}} } }"""));
        await lambda.PutRecordAsync("one");
        await lambda.PutRecordAsync("two");
        await SettleAsync(lambda, TimeSpan.FromMinutes(4));

        var last = Event(lambda.Pool.Requests.Last());
        Assert.True((bool)last["isFinalInvokeForWindow"]!);
        Assert.Equal(2, (int)last["state"]!["seen"]!);
        Assert.Equal("shardId-000000000000", (string?)last["shardId"]);
        Assert.Empty(last["Records"]!.AsArray());
    }

    [Fact]
    public async Task A_filter_sees_the_data_as_JSON_or_as_text_and_the_partition_key()
    {
        await using var lambda = await StartAsync("FilterCriteria: {Filters: "
            + "[{Pattern: '{\"data\":{\"kind\":[\"good\"]}}'}, {Pattern: '{\"data\":[\"plain\"]}'}, "
            + "{Pattern: '{\"partitionKey\":[\"vip\"]}'}]}");
        foreach (var (text, key) in ((string, string)[])[
            ("""{"kind":"bad"}""", "k"), ("plain", "k"), ("other", "k"), ("""{"kind":"good"}""", "k"),
            ("{broken", "k"), ("any", "vip")])
            await lambda.PutRecordAsync(text, key);
        await SettleAsync(lambda);

        Assert.Equal(["any", "plain", """{"kind":"good"}"""], lambda.Pool.Requests
            .SelectMany(request => KinesisCalls.Texts(Event(request))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_age_of_the_records_is_a_metric_of_the_function()
    {
        await using var lambda = await StartAsync(mapping: null);
        await lambda.PutRecordAsync("old");
        await SettleAsync(lambda, TimeSpan.FromHours(1));
        await lambda.DeployAsync(Mapping("Enabled: true"));
        await SettleAsync(lambda);

        var invoked = await lambda.FactAsync<StreamBatchInvoked>();
        Assert.InRange(invoked.IteratorAge, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
        Assert.Contains(((IMeasuredFact)invoked).Metrics, datum => datum.Metric.Name == "IteratorAge"
            && datum.Value == invoked.IteratorAge.TotalMilliseconds);
        var read = await lambda.FactAsync<RecordsRead>();
        Assert.Contains(((IMeasuredFact)read).Metrics, datum =>
            datum.Metric.Name == "GetRecords.IteratorAgeMilliseconds" && datum.Value >= 3_600_000);
    }

    [Fact]
    public async Task Records_that_expire_before_they_are_read_are_never_seen()
    {
        await using var lambda = await StartAsync(mapping: null);
        await lambda.PutRecordAsync("expired");
        await SettleAsync(lambda, TimeSpan.FromHours(25));
        await lambda.PutRecordAsync("kept");
        await lambda.DeployAsync(Mapping("Enabled: true"));
        await SettleAsync(lambda);

        Assert.Equal(["kept"], lambda.Pool.Requests.SelectMany(request => KinesisCalls.Texts(Event(request))));
    }

    [Fact]
    public async Task A_deleted_stream_is_a_fault_of_its_mapping_which_reads_the_next_one_of_that_name()
    {
        await using var lambda = await StartAsync();
        await lambda.PutRecordAsync("first");
        await lambda.FactAsync<StreamBatchSucceeded>();
        await lambda.AskKinesisAsync("DeleteStream", """{"StreamName":"readings"}""");

        var fault = await lambda.FactAsync<Isobar.Local.Lambda.EventSources.EventSourceFaulted>();
        Assert.Contains("Stream readings under account 000000000000 not found.", fault.Exception,
            StringComparison.Ordinal);
        await SettleAsync(lambda, TimeSpan.FromSeconds(2));
        await lambda.AskKinesisAsync("CreateStream", """{"StreamName":"readings","ShardCount":1}""");
        await lambda.PutRecordAsync("second");
        await SettleAsync(lambda, TimeSpan.FromMinutes(2));
        Assert.Equal(["first", "second"],
            lambda.Pool.Requests.SelectMany(request => KinesisCalls.Texts(Event(request))));
    }

    private static Task<LambdaOnPortZero> StartAsync(string? mapping = "Enabled: true", int shards = 1)
    {
        var resources = LambdaOnPortZero.Function("Echo", "echo") + Stream(shards);
        if (mapping is not null) resources += Mapping(mapping, isBeside: true);
        return LambdaOnPortZero.StartAsync(resources, world =>
        [
            new KinesisModule(world.Context), new SqsModule(world.Context), new S3Module(world.Context),
        ]);
    }

    private sealed class Kept : IMetricStore
    {
        private readonly ConcurrentQueue<MetricDatum> data = new();

        public double Sum(string name) => data.Where(datum => datum.Metric.Name == name).Sum(datum => datum.Value);

        public void Add(MetricDatum datum, DateTimeOffset now) => data.Enqueue(datum);
    }

    // After the stream: a mapping is refused whose source is not there.
    private static string Mapping(string more, string start = "TRIM_HORIZON", bool isBeside = false) => $$"""
          Mapping:
            Type: AWS::Lambda::EventSourceMapping
            Properties:
              {EventSourceArn: {{(isBeside ? "!GetAtt Readings.Arn" : $"'{StreamArn}'")}}, FunctionName:
              {{(isBeside ? "!Ref Echo" : "echo")}}, StartingPosition: {{start}}, {{more}}}

        """;

    private static JsonNode Event(Isobar.Local.Lambda.Environments.InvocationRequest request) =>
        JsonNode.Parse(request.Payload.Span)!;

    private static async Task SettleAsync(LambdaOnPortZero lambda, TimeSpan time = default)
    {
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, TimeSpan.FromSeconds(20));
        await clock.AdvanceByAsync(time, default);
    }
}
