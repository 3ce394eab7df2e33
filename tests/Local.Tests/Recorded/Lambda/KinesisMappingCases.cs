using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Services;
using Isobar.Local.Tests.Lambda;
using Isobar.Local.Tests.Lambda.EventSources.Streams;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Event source mappings that read Kinesis streams.</summary>
internal static class KinesisMappingCases
{
    private const string About = "Kinesis mappings";
    private const string Path = "/2015-03-31/event-source-mappings";
    private const string StreamArn = "arn:aws:kinesis:us-east-1:000000000000:stream/readings";
    private const string Other = "arn:aws:lambda:us-east-1:000000000000:function:other";
    private const string Reports = ", FunctionResponseTypes: [ReportBatchItemFailures]";

    private const string Stream = """
          Readings: {Type: AWS::Kinesis::Stream, Properties: {Name: readings, ShardCount: 1}}
          Failures: {Type: AWS::S3::Bucket, Properties: {BucketName: failures}}

        """;

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A Kinesis mapping is shown with its defaults", async world =>
        {
            var created = await CreateAsync(world);
            Assert.Equal(202, created.Status);
            AssertMapping(created.Json, "LATEST");
        }) { Resources = Stream },
        new(About, "Records of a batch come in their order, with these members", async world =>
        {
            for (var i = 0; i < 10; i++) await world.Lambda.PutRecordAsync("hello", $"test_{i}");
            await world.PassAsync(TimeSpan.FromSeconds(2));
            await world.Lambda.FactAsync<StreamBatchSucceeded>();
            var records = Records(world).ToList();
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"test_{i}"),
                records.Select(record => (string?)record["kinesis"]!["partitionKey"]));
            foreach (var record in records) AssertRecord(record, "aGVsbG8=");
        }) { Resources = Mapping("MaximumBatchingWindowInSeconds: 1") },
        new(About, "From the oldest record, batches are as large as their size and no record is missed", async world =>
        {
            for (var i = 0; i < 30; i++) await world.Lambda.PutRecordAsync($$"""{"record_id": {{i}}}""", "test_0");
            await CreateAsync(world, "\"BatchSize\":10,", "TRIM_HORIZON");
            await world.PassAsync();
            Assert.Equal([10, 10, 10], world.Requests.Select(
                request => JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray().Count));
            Assert.Equal(Enumerable.Range(0, 30).Select(i => $$"""{"record_id": {{i}}}"""),
                world.Requests.SelectMany(request => KinesisCalls.Texts(JsonNode.Parse(request.Payload.Span)!)));
        }) { Resources = Stream },
        new(About, "From the latest record on, every batch of a Kinesis stream comes after the one before it",
            async world =>
            {
                await CreateAsync(world, "\"BatchSize\":10,");
                await world.PassAsync();
                for (var i = 0; i < 20; i++) await world.Lambda.PutRecordAsync($$"""{"record_id": {{i}}}""", "test_0");
                await world.PassAsync();
                Assert.Equal(Enumerable.Range(0, 20).Select(i => $$"""{"record_id": {{i}}}"""),
                    world.Requests.SelectMany(request => KinesisCalls.Texts(JsonNode.Parse(request.Payload.Span)!)));
            }) { Resources = Stream },
        new(About, "A Kinesis mapping that is disabled reads nothing more", async world =>
        {
            await world.Lambda.PutRecordAsync("first");
            await world.Lambda.FactAsync<StreamBatchSucceeded>();
            await world.PassAsync();
            var uuid = (string)(await world.GetAsync(Path + "/?FunctionName=echo"))
                .Json["EventSourceMappings"]![0]!["UUID"]!;
            var changed = await world.SendAsync(HttpMethod.Put, $"{Path}/{uuid}", """{"Enabled":false}""");
            Assert.Equal("Disabling", (string?)changed.Json["State"]);
            await world.Lambda.PutRecordAsync("second");
            await world.PassAsync(TimeSpan.FromMinutes(5));
            Assert.Single(world.Requests);
        }) { Resources = Mapping("BatchSize: 1") },
        new(About, "Two functions read one stream, each everything", async world =>
        {
            Assert.Equal(202, (await CreateAsync(world, function: "other", position: "TRIM_HORIZON")).Status);
            for (var i = 0; i < 3; i++) await world.Lambda.PutRecordAsync("hello", $"test_{i}");
            await world.PassAsync(TimeSpan.FromSeconds(2));
            Assert.Equal(3, world.Requests.Where(request => request.InvokedFunctionArn == Other).Sum(Count));
            Assert.Equal(3, world.Requests.Where(request => request.InvokedFunctionArn != Other).Sum(Count));
        }) { Resources = Mapping("MaximumBatchingWindowInSeconds: 1") },
        new(About, "A second Kinesis mapping to the same function is a conflict that names the first", async world =>
        {
            var uuid = (string)(await CreateAsync(world)).Json["UUID"]!;
            Answers.AssertError(await CreateAsync(world), 409, "ResourceConflictException",
                $"The event source arn (\" {StreamArn} \") and function (\" echo \") provided mapping already exists. "
                + $"Please update or delete the existing mapping with UUID {uuid}", "message");
        }) { Resources = Stream },
        new(About, "A Kinesis stream that is not there can't be read", async world => Answers.AssertError(
            await CreateAsync(world, arn: StreamArn + "-none"), 400, "InvalidParameterValueException",
            $"Stream not found: {StreamArn}-none", "message")),
        new(About, "A filter sees the data as JSON", async world =>
        {
            for (var i = 1; i <= 2; i++)
                await world.Lambda.PutRecordAsync($$"""{"event_type": "function_{{i}}", "message": "foo"}""");
            await CreateAsync(world, """
                "FilterCriteria":{"Filters":[{"Pattern":"{\"data\":{\"event_type\":[\"function_1\"]}}"}]},
                """, "TRIM_HORIZON");
            await world.PassAsync();
            Assert.Equal(["""{"event_type": "function_1", "message": "foo"}"""],
                world.Requests.SelectMany(request => KinesisCalls.Texts(JsonNode.Parse(request.Payload.Span)!)));
        }) { Resources = Stream },
        new(About, "A Kinesis batch that fails is tried once more, then its record is in the queue", async world =>
        {
            world.Fail();
            await FailAsync(world, 2);
            await AssertFailureAsync(world, 2, "Unhandled");
        }) { Resources = Failing("MaximumRetryAttempts: 1") },
        new(About, "A Kinesis batch that fails is tried once more, then the topic tells of its record", async world =>
        {
            world.Fail();
            var created = await CreateAsync(world, FailuresTopic.Settings, "TRIM_HORIZON");
            Assert.Equal(202, created.Status);
            FailuresTopic.AssertMapping(created.Json, StreamArn);
            await FailAsync(world, 2, window: TimeSpan.FromSeconds(1));
            AssertFailure(await FailuresTopic.ReceiveAsync(world), 2, "Unhandled");
        }) { Resources = Stream + FailuresTopic.Resources },
        new(About, "A Kinesis batch that fails is in the bucket with its records", async world =>
        {
            world.Fail();
            await FailAsync(world, 2);
            var sent = await world.Lambda.FactAsync<DeliverySucceeded>();
            var target = Arn.TryParse(sent.Target)!;
            using var content = new MemoryStream();
            await world.Lambda.World.Directory.Of<IObjectSource>(target)!
                .CopyAsync(target, null, content, 1 << 20, default);
            var record = JsonNode.Parse(Encoding.UTF8.GetString(content.ToArray()))!;
            Assert.Equal(
                ["KinesisBatchInfo", "payload", "requestContext", "responseContext", "timestamp", "version"],
                record.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
            AssertRecord(
                Assert.Single(JsonNode.Parse((string)record["payload"]!)!["Records"]!.AsArray())!, "aGVsbG8=");
        }) { Resources = Mapping("MaximumRetryAttempts: 1, BatchSize: 1, "
            + "DestinationConfig: {OnFailure: {Destination: 'arn:aws:s3:::failures'}}") },
        new(About, "A Kinesis batch that is reported as failed has a record without a function error", async world =>
        {
            world.Lambda.Pool.Run = (_, request) => ValueTask.FromResult(EnvironmentsInName.Success(
                $$"""{"batchItemFailures":[{"itemIdentifier":"{{LastNumber(request.Payload)}}"}]}"""));
            await FailAsync(world, 4);
            await AssertFailureAsync(world, 4, null);
        }) { Resources = Failing("MaximumRetryAttempts: 3" + Reports) },
        new(About, "A Kinesis record that is too old when it would be tried again has a record without a response",
            async world =>
            {
                world.Fail();
                await world.Lambda.PutRecordAsync("hello");
                await world.Lambda.FactAsync<StreamBatchFailed>();
                for (var i = 0; i < 8; i++) await world.PassAsync(TimeSpan.FromSeconds(10));
                await world.Lambda.FactAsync<StreamBatchGivenUp>();
                var body = await world.ReceiveBodyAsync("records");
                Assert.Equal("RecordAgeExceeded", (string?)body["requestContext"]!["condition"]);
                Assert.Null(body["responseContext"]);
            }) { Resources = Failing("MaximumRecordAgeInSeconds: 60") },
        new(About, "Kinesis records that are too old before the first attempt are given up without one", async world =>
        {
            await world.Lambda.PutRecordAsync("hello");
            await world.PassAsync(TimeSpan.FromSeconds(120));
            await CreateAsync(world, $$"""
                "BatchSize":1,"MaximumRecordAgeInSeconds":60,"MaximumRetryAttempts":0,
                "DestinationConfig":{"OnFailure":{"Destination":"{{RecordedWorld.QueueArn("records")}}"} },
                """, "TRIM_HORIZON");
            await world.Lambda.FactAsync<StreamBatchGivenUp>();
            var body = await world.ReceiveBodyAsync("records");
            Assert.Empty(world.Requests);
            Assert.Equal(("RecordAgeExceeded", 1), ((string?)body["requestContext"]!["condition"],
                (int)body["requestContext"]!["approximateInvokeCount"]!));
            Assert.Null(body["responseContext"]);
        }) { Resources = Stream },
        .. BatchAnswers.Failures.Select(failure => new LambdaCase(
            About, $"A report with {failure.Name} fails the whole batch of a Kinesis stream", async world =>
            {
                world.Answer(EnvironmentsInName.Success(failure.Answer));
                await FailAsync(world, 3);
                await AssertFailureAsync(world, 3, null);
            }) { Resources = Failing("MaximumRetryAttempts: 2" + Reports) }),
        .. BatchAnswers.Successes.Select(success => new LambdaCase(
            About, $"A report that is {success.Name} takes the whole batch of a Kinesis stream", async world =>
            {
                world.Answer(EnvironmentsInName.Success(success.Answer));
                await world.Lambda.PutRecordAsync("hello");
                await world.Lambda.FactAsync<StreamBatchSucceeded>();
                await world.PassAsync(TimeSpan.FromMinutes(5));
                AssertRecord(Assert.Single(Records(world)), "aGVsbG8=");
            }) { Resources = Failing("MaximumRetryAttempts: 2" + Reports) }),
    ];

    private static string Mapping(string more) => Stream + $$"""
          Mapping:
            Type: AWS::Lambda::EventSourceMapping
            Properties:
              {EventSourceArn: !GetAtt Readings.Arn, FunctionName: !Ref Echo, StartingPosition: TRIM_HORIZON, {{more}}}

        """;

    private static string Failing(string more) => Mapping(
        "BatchSize: 1, DestinationConfig: {OnFailure: {Destination: !GetAtt Records.Arn}}, " + more);

    private static Task<LambdaAnswer> CreateAsync(
        RecordedWorld world, string more = "", string position = "LATEST", string arn = StreamArn,
        string function = "echo") => world.SendAsync(HttpMethod.Post, Path, $$"""
            {"FunctionName":"{{function}}",{{more}}"EventSourceArn":"{{arn}}","StartingPosition":"{{position}}"}
            """);

    private static void AssertMapping(JsonNode answer, string position)
    {
        var shown = answer.AsObject();
        var uuid = (string)shown["UUID"]!;
        Answers.AssertForm(shown, "LastModified", @"^\d{9,11}(\.\d{1,3})?$");
        Answers.AssertJson($$"""
            {"UUID":"{{uuid}}","BatchSize":100,"EventSourceArn":"{{StreamArn}}",
            "EventSourceMappingArn":"arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{{uuid}}",
            "FunctionArn":"{{RecordedWorld.Echo}}","FunctionResponseTypes":[],"LastModified":"-","State":"Creating",
            "MaximumBatchingWindowInSeconds":0,"StateTransitionReason":"User action","BisectBatchOnFunctionError":false,
            "DestinationConfig":{"OnFailure":{} },"LastProcessingResult":"No records processed",
            "MaximumRecordAgeInSeconds":-1,"MaximumRetryAttempts":-1,"ParallelizationFactor":1,
            "StartingPosition":"{{position}}","TumblingWindowInSeconds":0}
            """, shown);
    }

    private static void AssertRecord(JsonNode given, string data)
    {
        var record = given.DeepClone().AsObject();
        var kinesis = record["kinesis"]!.AsObject();
        var (number, key) = ((string)kinesis["sequenceNumber"]!, (string)kinesis["partitionKey"]!);
        Answers.AssertForm(kinesis, "sequenceNumber", "^49[0-9]{54}$");
        Answers.AssertForm(kinesis, "approximateArrivalTimestamp", @"^\d{9,11}\.\d{1,3}$");
        Answers.AssertForm(record, "invokeIdentityArn", "^arn:aws:iam::000000000000:role/.+$");
        Answers.AssertJson($$"""
            {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"{{key}}","sequenceNumber":"-","data":"{{data}}",
            "approximateArrivalTimestamp":"-"},"eventSource":"aws:kinesis","eventVersion":"1.0",
            "eventID":"shardId-000000000000:{{number}}","eventName":"aws:kinesis:record","invokeIdentityArn":"-",
            "awsRegion":"us-east-1","eventSourceARN":"{{StreamArn}}"}
            """, record);
    }

    private static int Count(Isobar.Local.Lambda.Environments.InvocationRequest request) =>
        JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray().Count;

    private static IEnumerable<JsonNode> Records(RecordedWorld world) => world.Requests.SelectMany(
        request => JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray().Select(record => record!));

    private static string LastNumber(ReadOnlyMemory<byte> payload) =>
        (string)JsonNode.Parse(payload.Span)!["Records"]!.AsArray()[^1]!["kinesis"]!["sequenceNumber"]!;

    private static async Task FailAsync(RecordedWorld world, int attempts, TimeSpan window = default)
    {
        await world.Lambda.PutRecordAsync("hello");
        await world.PassAsync(window);
        for (var i = 0; i < attempts; i++)
        {
            await world.Lambda.FactAsync<StreamBatchFailed>();
            await world.PassAsync(TimeSpan.FromSeconds(30));
        }

        await world.Lambda.FactAsync<StreamBatchGivenUp>();
    }

    private static async Task AssertFailureAsync(RecordedWorld world, int attempts, string? error) =>
        AssertFailure((await world.ReceiveBodyAsync("records")).AsObject(), attempts, error);

    private static void AssertFailure(JsonObject body, int attempts, string? error)
    {
        var batch = body["KinesisBatchInfo"]!.AsObject();
        Answers.AssertForm(body, "timestamp", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        Answers.AssertForm(body["requestContext"]!.AsObject(), "requestId", "^[0-9a-f-]{36}$");
        foreach (var name in (string[])["startSequenceNumber", "endSequenceNumber"])
            Answers.AssertForm(batch, name, "^49[0-9]{54}$");
        foreach (var name in (string[])["approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord"])
            Answers.AssertForm(batch, name, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        Answers.AssertJson($$"""
            {"requestContext":{"requestId":"-","functionArn":"{{RecordedWorld.Echo}}",
            "condition":"RetryAttemptsExhausted","approximateInvokeCount":{{attempts}} },
            "responseContext":{"statusCode":200,"executedVersion":"$LATEST",
            "functionError":{{(error is null ? "null" : $"\"{error}\"")}} },"version":"1.0","timestamp":"-",
            "KinesisBatchInfo":{"shardId":"shardId-000000000000","startSequenceNumber":"-","endSequenceNumber":"-",
            "approximateArrivalOfFirstRecord":"-","approximateArrivalOfLastRecord":"-","batchSize":1,
            "streamArn":"{{StreamArn}}"} }
            """, body);
    }
}
