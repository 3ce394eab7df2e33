using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Asynchronous events: their attempts, their records and their dead letters.</summary>
internal static class EventCases
{
    private const string About = "asynchronous events";
    private const string Bus = "arn:aws:events:us-east-1:000000000000:event-bus/custom";

    private const string BusAndRule = """
          Bus: {Type: AWS::Events::EventBus, Properties: {Name: custom}}
          Rule:
            Type: AWS::Events::Rule
            Properties:
              EventBusName: !Ref Bus
              EventPattern: {source: [lambda]}
              Targets: [{Id: records, Arn: !GetAtt Records.Arn}]

        """;

    private const string Dead = "      DeadLetterConfig: {TargetArn: !GetAtt Dead.Arn}";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "The record of a success has the condition Success and no function error", async world =>
        {
            await ConfigureAsync(world, """{"DestinationConfig":{"OnFailure":QUEUE,"OnSuccess":QUEUE}}""");
            var id = await QueueAsync(world);
            AssertRecord(await world.ReceiveBodyAsync("records"), id, "Success", 1, null, """{"a":1}""");
        }),
        new(About, "Zero retries do not change what a success records", async world =>
        {
            await ConfigureAsync(world,
                """{"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":QUEUE,"OnSuccess":QUEUE}}""");
            var id = await QueueAsync(world);
            AssertRecord(await world.ReceiveBodyAsync("records"), id, "Success", 1, null, """{"a":1}""");
        }),
        new(About, "Without retries a failure has the condition RetriesExhausted after one attempt", async world =>
        {
            world.Fail();
            await ConfigureAsync(world,
                """{"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":QUEUE,"OnSuccess":QUEUE}}""");
            var id = await QueueAsync(world);
            AssertRecord(await world.ReceiveBodyAsync("records"), id, "RetriesExhausted", 1, "Unhandled", Failure);
        }),
        new(About, "By default a failure is recorded after three attempts", async world =>
        {
            world.Fail();
            await ConfigureAsync(world, """{"DestinationConfig":{"OnFailure":QUEUE,"OnSuccess":QUEUE}}""");
            var id = await QueueAsync(world);
            await world.PassAsync(3 * Minute);
            AssertRecord(await world.ReceiveBodyAsync("records"), id, "RetriesExhausted", 3, "Unhandled", Failure);
        }),
        new(About, "All attempts of an event have its one request id, and its record comes with a trace", async world =>
        {
            world.Fail();
            await ConfigureAsync(world, """{"MaximumRetryAttempts":2,"DestinationConfig":{"OnFailure":QUEUE}}""");
            var id = await QueueAsync(world);
            await world.PassAsync(3 * Minute);
            var message = await world.ReceiveAsync("records");
            Assert.Equal([id, id, id], world.Requests.Select(request => request.RequestId));
            Answers.AssertRecord(message, "records", body: null, trace: true);
            AssertRecord(
                JsonNode.Parse((string)message["body"]!)!, id, "RetriesExhausted", 3, "Unhandled", Failure);
        }),
        new(About, "A retry that would come after 60 s, the event's greatest age, is not waited for", async world =>
        {
            world.Fail();
            await ConfigureAsync(world, """{"MaximumEventAgeInSeconds":60,"DestinationConfig":{"OnFailure":QUEUE}}""");
            var id = await QueueAsync(world);
            AssertRecord(await world.ReceiveBodyAsync("records"), id, "EventAgeExceeded", 1, "Unhandled", Failure);
        }),
        new(About, "With an age that allows one retry the event is given up after two attempts", async world =>
        {
            world.Fail();
            await ConfigureAsync(world, """{"MaximumEventAgeInSeconds":100,"DestinationConfig":{"OnFailure":QUEUE}}""");
            var id = await QueueAsync(world);
            await world.PassAsync(Minute);
            AssertRecord(await world.ReceiveBodyAsync("records"), id, "EventAgeExceeded", 2, "Unhandled", Failure);
        }),
        new(About, "A reservation of zero gives a record without a response, and no attempt", async world =>
        {
            await world.SendAsync(HttpMethod.Put, "/2017-10-31/functions/echo/concurrency",
                """{"ReservedConcurrentExecutions":0}""");
            await ConfigureAsync(world, """{"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":QUEUE}}""");
            var id = await QueueAsync(world);
            Answers.AssertInvocationRecord(
                await world.ReceiveBodyAsync("records"), id, "ZeroReservedConcurrency", 0, """{"a":1}""", "");
        }),
        new(About, "An event that waits for a busy reservation runs when there is room", async world =>
        {
            await world.SendAsync(HttpMethod.Put, "/2017-10-31/functions/echo/concurrency",
                """{"ReservedConcurrentExecutions":1}""");
            var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
            world.Lambda.Pool.Run = async (_, _) =>
            {
                entered.TrySetResult();
                await release.Task;
                return EnvironmentsInName.Success("{}");
            };
            await QueueAsync(world);
            await entered.Task;
            await QueueAsync(world);
            Answers.AssertError(await world.Lambda.InvokeAsync("echo", "{}"), 429, "TooManyRequestsException",
                "Rate Exceeded.", "message", reason: "ReservedFunctionConcurrentInvocationLimitExceeded");
            release.SetResult();
            await world.PassAsync(Minute);
            Assert.Equal(2, world.Requests.Count);
        }),
        new(About, "The dead-letter queue gets the event as it was, with request id, 200 and the error's message",
            async world =>
            {
                world.Fail("intentional");
                await ConfigureAsync(world, """{"MaximumRetryAttempts":0}""");
                var id = await QueueAsync(world, """{"raise_error": 1}""");
                Answers.AssertRecord(await world.ReceiveAsync("dead"), "dead", """{"raise_error": 1}""", trace: true,
                    attributes: [("ErrorCode", "Number", "200"), ("ErrorMessage", "String", "intentional"),
                        ("RequestID", "String", id)]);
            }) { Function = Dead },
        new(About, "A function shows its dead-letter queue, which waits for the last of three attempts", async world =>
        {
            world.Fail();
            var shown = await world.GetAsync($"{RecordedWorld.Functions}echo/configuration");
            Answers.AssertConfiguration(
                shown.Json, $$""" "DeadLetterConfig":{"TargetArn":"{{RecordedWorld.QueueArn("dead")}}"}, """);
            var id = await QueueAsync(world);
            await world.PassAsync(3 * Minute);
            Answers.AssertRecord(await world.ReceiveAsync("dead"), "dead", """{"a":1}""", trace: true,
                attributes: [("ErrorCode", "Number", "200"), ("ErrorMessage", "String", "on purpose"),
                    ("RequestID", "String", id)]);
            Assert.Equal(3, world.Requests.Count);
        }) { Function = Dead },
        new(About, "An event bus gets a success as an event of Lambda's about the bus and the function",
            world => BusAsync(world, "OnSuccess", "Success", "Success")) { Resources = BusAndRule },
        new(About, "An event bus gets a failure as an event of Lambda's about the bus and the function", world =>
        {
            world.Fail();
            return BusAsync(world, "OnFailure", "Failure", "RetriesExhausted");
        }) { Resources = BusAndRule },
    ];

    private static string Failure => """{"errorType":"Exception","errorMessage":"on purpose"}""";

    private static async Task ConfigureAsync(RecordedWorld world, string json)
    {
        var queue = $$"""{"Destination":"{{RecordedWorld.QueueArn("records")}}"}""";
        var answer = await world.SendAsync(HttpMethod.Put, "/2019-09-25/functions/echo/event-invoke-config",
            json.Replace("QUEUE", queue, StringComparison.Ordinal));
        Assert.True(answer.Status == 200, answer.Body);
    }

    private static async Task<string> QueueAsync(RecordedWorld world, string payload = """{"a":1}""")
    {
        var answer = await world.Lambda.QueueAsync("echo", payload);
        Assert.Equal((202, ""), (answer.Status, answer.Body));
        return answer.Header("x-amzn-RequestId")!;
    }

    private static async Task BusAsync(RecordedWorld world, string when, string result, string condition)
    {
        await ConfigureAsync(world,
            """{"MaximumRetryAttempts":0,"DestinationConfig":{"WHEN":{"Destination":"BUS"}}}"""
                .Replace("WHEN", when).Replace("BUS", Bus));
        var id = await QueueAsync(world);
        var happened = (await world.ReceiveBodyAsync("records")).AsObject();
        Answers.AssertForm(happened, "id", "^[0-9a-f-]{36}$");
        Answers.AssertForm(happened, "time", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        AssertRecord(happened["detail"]!, id, condition, 1, result == "Success" ? null : "Unhandled",
            result == "Success" ? """{"a":1}""" : Failure);
        happened["detail"] = "-";
        Answers.AssertJson($$"""
            {"version":"0","id":"-","detail-type":"Lambda Function Invocation Result - {{result}}","source":"lambda",
            "account":"000000000000","time":"-","region":"us-east-1",
            "resources":["{{Bus}}","{{RecordedWorld.Echo}}:$LATEST"],"detail":"-"}
            """, happened);
    }

    private static void AssertRecord(
        JsonNode record, string id, string condition, int count, string? error, string response) =>
        Answers.AssertInvocationRecord(record, id, condition, count, """{"a":1}""", ",\"responseContext\":"
            + "{\"statusCode\":200,\"executedVersion\":\"$LATEST\""
            + (error is null ? "" : $",\"functionError\":\"{error}\"") + $"}},\"responsePayload\":{response}");
}
