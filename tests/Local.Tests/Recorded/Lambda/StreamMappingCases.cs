using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Event source mappings that read the streams of tables.</summary>
internal static class StreamMappingCases
{
    private const string About = "stream mappings";
    private const string Path = "/2015-03-31/event-source-mappings";
    private const string Invalid = "InvalidParameterValueException";
    private const string Oldest = "StartingPosition: TRIM_HORIZON";
    private const string Tried = "MaximumRetryAttempts: 1";

    private const string Table = """
          Watched:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: watched
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
              StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}

        """;

    private static readonly (string Name, string Pattern, string First, string Second, int Passing)[] Filters =
    [
        ("An insert passes, and the same item again is no record", """{"eventName":["INSERT"]}""",
            """{"id":{"S":"a"},"id2":{"S":"b"}}""", """{"id":{"S":"a"},"id2":{"S":"b"}}""", 1),
        ("Values of one key are alternatives", """{"eventName":["INSERT","MODIFY"]}""",
            """{"id":{"S":"a"}}""", """{"id":{"S":"a"},"note":{"S":"n"}}""", 2),
        ("All keys of a pattern must match", """{"eventName":["INSERT"],"eventSource":["aws:dynamodb"]}""",
            """{"id":{"S":"a"}}""", """{"id":{"S":"a"},"note":{"S":"n"}}""", 1),
        ("A pattern reaches into the images",
            """{"dynamodb":{"NewImage":{"presentKey":{"S":["presentValue"]}}}}""",
            """{"id":{"S":"a"},"presentKey":{"S":"presentValue"}}""", """{"id":{"S":"b"}}""", 1),
        ("A member may have to exist", """{"dynamodb":{"NewImage":{"presentKey":{"S":[{"exists":true}]}}}}""",
            """{"id":{"S":"a"},"presentKey":{"S":"presentValue"}}""", """{"id":{"S":"b"}}""", 1),
        ("A member may have to be absent", """{"dynamodb":{"NewImage":{"presentKey":[{"exists":false}]}}}""",
            """{"id":{"S":"a"}}""", """{"id":{"S":"b"}}""", 2),
        ("A number of DynamoDB is a text to filters",
            """{"dynamodb":{"NewImage":{"numericFilter":{"N":["42"]}}}}""",
            """{"id":{"S":"a"},"numericFilter":{"N":"42"}}""", """{"id":{"S":"b"},"numericFilter":{"N":"5"}}""", 1),
        ("A text may have to begin with another",
            """{"dynamodb":{"NewImage":{"prefix":{"S":[{"prefix":"us-1"}]}}}}""",
            """{"id":{"S":"a"},"prefix":{"S":"us-1-other"}}""", """{"id":{"S":"b"},"prefix":{"S":"other"}}""", 1),
    ];

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A stream's mapping is shown with its defaults, and deleted", async world =>
        {
            var created = await CreateAsync(world);
            Assert.Equal(202, created.Status);
            AssertMapping(created.Json, "Creating");
            var path = $"{Path}/{(string)created.Json["UUID"]!}";
            AssertMapping((await world.GetAsync(path)).Json, "Enabled");
            AssertMapping((await world.SendAsync(HttpMethod.Delete, path)).Json, "Deleting");
        }) { Resources = Table },
        new(About, "A change of an item becomes a record with these members", async world =>
        {
            await world.PutItemAsync("""{"id":{"S":"hello world"},"binary_key":{"B":"Zm9vYmFy"}}""");
            await world.Lambda.FactAsync<StreamBatchSucceeded>();
            var record = Assert.Single(Records(world)).AsObject();
            var change = record["dynamodb"]!.AsObject();
            Answers.AssertForm(record, "eventID", "^[0-9a-f]{32}$");
            Answers.AssertForm(change, "SequenceNumber", "^[0-9]{21,40}$");
            Answers.AssertForm(change, "ApproximateCreationDateTime", @"^\d{9,11}(\.\d+)?$");
            Answers.AssertJson($$"""
                {"eventID":"-","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",
                "awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":"-",
                "Keys":{"id":{"S":"hello world"} },
                "NewImage":{"binary_key":{"B":"Zm9vYmFy"},"id":{"S":"hello world"} },"SequenceNumber":"-",
                "SizeBytes":42,"StreamViewType":"NEW_AND_OLD_IMAGES"},
                "eventSourceARN":"{{await world.StreamArnAsync()}}"}
                """, record);
        }) { Resources = Mapping("BatchSize: 1") },
        new(About, "A mapping that is disabled passes through Disabling, and reads nothing more", async world =>
        {
            await world.PutItemAsync("""{"id":{"S":"a"}}""");
            await world.Lambda.FactAsync<StreamBatchSucceeded>();
            await world.PassAsync();
            var uuid = await UuidAsync(world);
            var changed = await world.SendAsync(HttpMethod.Put, $"{Path}/{uuid}", """{"Enabled":false}""");
            AssertMapping(changed.Json, "Disabling", result: "OK", batchSize: 1);
            await world.PutItemAsync("""{"id":{"S":"b"}}""");
            await world.PassAsync(TimeSpan.FromMinutes(5));
            Assert.Single(world.Requests);
        }) { Resources = Mapping("BatchSize: 1") },
        new(About, "A batch that fails is tried once more, then its record is in the queue", async world =>
        {
            world.Fail();
            await FailAsync(world);
            await AssertFailureAsync(world, 2, "Unhandled");
        }) { Resources = Failing(Tried) },
        new(About, "A batch that fails is tried once more, then the topic tells of its record", async world =>
        {
            world.Fail();
            var created = await CreateAsync(world, FailuresTopic.Settings);
            Assert.Equal(202, created.Status);
            var stream = await world.StreamArnAsync();
            FailuresTopic.AssertMapping(created.Json, stream);
            await FailAsync(world, window: TimeSpan.FromSeconds(1));
            AssertFailure(await FailuresTopic.ReceiveAsync(world), stream, 2, "Unhandled");
        }) { Resources = Table + FailuresTopic.Resources },
        new(About, "A record that is too old when it would be tried again has a record without a response",
            async world =>
            {
                world.Fail();
                await world.PutItemAsync("""{"id":{"S":"a"}}""");
                await world.Lambda.FactAsync<StreamBatchFailed>();
                for (var i = 0; i < 8; i++) await world.PassAsync(TimeSpan.FromSeconds(10));
                await world.Lambda.FactAsync<StreamBatchGivenUp>();
                var body = await world.ReceiveBodyAsync("records");
                Assert.Equal("RecordAgeExceeded", (string?)body["requestContext"]!["condition"]);
                Assert.Null(body["responseContext"]);
            }) { Resources = Failing("MaximumRecordAgeInSeconds: 60") },
        new(About, "A batch that is reported as failed has a record without a function error", async world =>
        {
            world.Lambda.Pool.Run = (_, request) => ValueTask.FromResult(EnvironmentsInName.Success(
                $$"""{"batchItemFailures":[{"itemIdentifier":"{{LastNumber(request.Payload)}}"}]}"""));
            await FailAsync(world, attempts: 4);
            await AssertFailureAsync(world, 4, null);
        }) { Resources = Failing("MaximumRetryAttempts: 3, FunctionResponseTypes: [ReportBatchItemFailures]") },
        new(About, "Two mappings of one stream to one function are a conflict that names the first", async world =>
        {
            var uuid = await UuidAsync(world);
            Answers.AssertError(await CreateAsync(world), 409, "ResourceConflictException",
                $"The event source arn (\" {await world.StreamArnAsync()} \") and function (\" echo \") provided "
                + $"mapping already exists. Please update or delete the existing mapping with UUID {uuid}", "message");
        }) { Resources = Mapping("BatchSize: 1") },
        new(About, "A stream that is not there can't be read", async world => Answers.AssertError(
            await CreateAsync(world, arn: "arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/2025-02-22"),
            400, Invalid,
            "Stream not found: arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/2025-02-22", "message")),
        new(About, "A stream is read from a position", async world =>
        {
            Answers.AssertError(await CreateAsync(world, position: "null"), 400, Invalid,
                "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member "
                + "must not be null.", "message");
            Answers.AssertError(await CreateAsync(world, position: "\"invalid\""), 400, "ValidationException",
                "1 validation error detected: Value 'invalid' at 'startingPosition' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]");
        }) { Resources = Table },
        new(About, "A table's stream is not read from a timestamp", async world => Answers.AssertError(
            await CreateAsync(world, "\"StartingPositionTimestamp\":1741010802,", "\"AT_TIMESTAMP\""), 400, Invalid,
            $"Unsupported starting position for arn type: {await world.StreamArnAsync()}", "message"))
            { Resources = Table },
        new(About, "What is no pattern is no filter", async world =>
        {
            foreach (var pattern in (string[])["single-string", """[{"eventName": ["INSERT"=123}]"""])
                Answers.AssertError(await CreateAsync(world, Filter(pattern)), 400, Invalid,
                    "Invalid filter pattern definition.", "message");
        }) { Resources = Table },
        new(About, "Empty criteria are not shown", async world => AssertMapping(
            (await CreateAsync(world, "\"FilterCriteria\":{\"Filters\":[]},")).Json, "Creating")) { Resources = Table },
        .. Filters.Select(filter => new LambdaCase(About, filter.Name, async world =>
        {
            Assert.Equal(202, (await CreateAsync(world, Filter(filter.Pattern))).Status);
            await world.PutItemAsync(filter.First);
            await world.PutItemAsync(filter.Second);
            await world.PassAsync();
            Assert.Equal(filter.Passing, Records(world).Count());
        }) { Resources = Table }),
        .. BatchAnswers.Failures.Select(failure => new LambdaCase(
            About, $"A report with {failure.Name} fails the whole batch of a stream", async world =>
            {
                world.Answer(EnvironmentsInName.Success(failure.Answer));
                await FailAsync(world);
                await AssertFailureAsync(world, 2, null);
            }) { Resources = Failing(Tried + ", FunctionResponseTypes: [ReportBatchItemFailures]") }),
        .. BatchAnswers.Successes.Select(success => new LambdaCase(
            About, $"A report that is {success.Name} takes the whole batch of a stream", async world =>
            {
                world.Answer(EnvironmentsInName.Success(success.Answer));
                await world.PutItemAsync("""{"id":{"S":"a"}}""");
                await world.Lambda.FactAsync<StreamBatchSucceeded>();
                await world.PassAsync(TimeSpan.FromMinutes(5));
                Assert.Single(world.Requests);
            }) { Resources = Failing(Tried + ", FunctionResponseTypes: [ReportBatchItemFailures]") }),
    ];

    private static string Mapping(string more) => Table + $$"""
          Mapping:
            Type: AWS::Lambda::EventSourceMapping
            Properties:
              {EventSourceArn: !GetAtt Watched.StreamArn, FunctionName: !Ref Echo, {{more}}, {{Oldest}}}

        """;

    private static string Failing(string more) => Mapping(
        "BatchSize: 1, DestinationConfig: {OnFailure: {Destination: !GetAtt Records.Arn}}, " + more);

    private static string Filter(string pattern) => "\"FilterCriteria\":{\"Filters\":[{\"Pattern\":"
        + JsonValue.Create(pattern).ToJsonString() + "}]},";

    private static async Task<LambdaAnswer> CreateAsync(
        RecordedWorld world, string more = "", string position = "\"TRIM_HORIZON\"", string? arn = null)
    {
        arn ??= await world.StreamArnAsync();
        return await world.SendAsync(HttpMethod.Post, Path, $$"""
            {"FunctionName":"echo",{{more}}"EventSourceArn":"{{arn}}","StartingPosition":{{position}}}
            """);
    }

    private static async Task<string> UuidAsync(RecordedWorld world)
    {
        var listed = await world.GetAsync(Path + "/?FunctionName=echo");
        return (string)listed.Json["EventSourceMappings"]![0]!["UUID"]!;
    }

    private static void AssertMapping(
        JsonNode answer, string state, string result = "No records processed", int batchSize = 100)
    {
        var shown = answer.AsObject();
        var (uuid, stream) = ((string)shown["UUID"]!, (string)shown["EventSourceArn"]!);
        Answers.AssertForm(shown, "LastModified", @"^\d{9,11}(\.\d{1,3})?$");
        Answers.AssertJson($$"""
            {"UUID":"{{uuid}}","BatchSize":{{batchSize}},"EventSourceArn":"{{stream}}",
            "EventSourceMappingArn":"arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{{uuid}}",
            "FunctionArn":"{{RecordedWorld.Echo}}","FunctionResponseTypes":[],"LastModified":"-","State":"{{state}}",
            "MaximumBatchingWindowInSeconds":0,"StateTransitionReason":"User action","BisectBatchOnFunctionError":false,
            "DestinationConfig":{"OnFailure":{} },"LastProcessingResult":"{{result}}","MaximumRecordAgeInSeconds":-1,
            "MaximumRetryAttempts":-1,"ParallelizationFactor":1,"StartingPosition":"TRIM_HORIZON",
            "TumblingWindowInSeconds":0}
            """, shown);
    }

    private static IEnumerable<JsonNode> Records(RecordedWorld world) => world.Requests.SelectMany(
        request => JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray().Select(record => record!));

    private static string LastNumber(ReadOnlyMemory<byte> payload) =>
        (string)JsonNode.Parse(payload.Span)!["Records"]!.AsArray()[^1]!["dynamodb"]!["SequenceNumber"]!;

    private static async Task FailAsync(RecordedWorld world, int attempts = 2, TimeSpan window = default)
    {
        await world.PutItemAsync("""{"id":{"S":"a"}}""");
        await world.PassAsync(window);
        for (var i = 0; i < attempts; i++)
        {
            await world.Lambda.FactAsync<StreamBatchFailed>();
            await world.PassAsync(TimeSpan.FromSeconds(30));
        }

        await world.Lambda.FactAsync<StreamBatchGivenUp>();
    }

    private static async Task AssertFailureAsync(RecordedWorld world, int attempts, string? error) => AssertFailure(
        (await world.ReceiveBodyAsync("records")).AsObject(), await world.StreamArnAsync(), attempts, error);

    private static void AssertFailure(JsonObject body, string stream, int attempts, string? error)
    {
        var batch = body["DDBStreamBatchInfo"]!.AsObject();
        Answers.AssertForm(body, "timestamp", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        Answers.AssertForm(body["requestContext"]!.AsObject(), "requestId", "^[0-9a-f-]{36}$");
        Answers.AssertForm(batch, "shardId", "^shardId-[0-9]{20}-[0-9a-f]{8}$");
        foreach (var name in (string[])["startSequenceNumber", "endSequenceNumber"])
            Answers.AssertForm(batch, name, "^[0-9]{21,40}$");
        foreach (var name in (string[])["approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord"])
            Answers.AssertForm(batch, name, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        Answers.AssertJson($$"""
            {"requestContext":{"requestId":"-","functionArn":"{{RecordedWorld.Echo}}",
            "condition":"RetryAttemptsExhausted","approximateInvokeCount":{{attempts}} },
            "responseContext":{"statusCode":200,"executedVersion":"$LATEST",
            "functionError":{{(error is null ? "null" : $"\"{error}\"")}} },"version":"1.0","timestamp":"-",
            "DDBStreamBatchInfo":{"shardId":"-","startSequenceNumber":"-","endSequenceNumber":"-",
            "approximateArrivalOfFirstRecord":"-","approximateArrivalOfLastRecord":"-","batchSize":1,
            "streamArn":"{{stream}}"} }
            """, body);
    }
}
