using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Event source mappings that read queues.</summary>
internal static class MappingCases
{
    private const string About = "queue mappings";

    // The queue's visibility timeout, by default.
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A message becomes a record with these members", async world =>
        {
            await world.SendMessageAsync("work", """{"foo": "bar"}""");
            Answers.AssertRecord(await FirstRecordAsync(world), "work", """{"foo": "bar"}""");
        }) { Resources = Mapping() },
        new(About, "Message attributes come with their types and their digest", async world =>
        {
            (string, string, string)[] attributes =
            [
                ("Title", "String", "The Whistler"), ("Author", "String", "John Grisham"), ("WeeksOn", "Number", "6"),
            ];
            await world.SendMessageAsync("work", "x", attributes);
            Answers.AssertRecord(await FirstRecordAsync(world), "work", "x",
                digest: "d25a6aea97eb8f585bfa92d314504a92", attributes: attributes);
        }) { Resources = Mapping() },
        new(About, "A message whose function failed comes again after its visibility timeout, counted", async world =>
        {
            world.Fail();
            await world.SendMessageAsync("work", "x");
            await world.Lambda.FactAsync<BatchFailed>();
            world.Answer(EnvironmentsInName.Success("null"));
            await world.PassAsync(Hidden);
            await world.Lambda.FactAsync<BatchSucceeded>();
            var records = Records(world).ToList();
            Assert.Equal(2, records.Count);
            for (var i = 0; i < 2; i++) Answers.AssertRecord(records[i], "work", "x", receives: i + 1);
            Assert.Equal((string?)records[0]["messageId"], (string?)records[1]["messageId"]);
        }) { Resources = Mapping() },
        new(About, "A message that fails as often as its queue allows goes to the queue's dead-letter queue",
            async world =>
            {
                world.Fail();
                await FailTwiceAsync(world);
                await AssertDeadAsync(world);
            }) { Resources = Mapping() },
        new(About, "With batch item failures reported, an error of the function fails the whole batch", async world =>
        {
            world.Fail();
            await FailTwiceAsync(world);
            await AssertDeadAsync(world);
        }) { Resources = Mapping("FunctionResponseTypes: [ReportBatchItemFailures]") },
        new(About, "A report of batch item failures with another member fails the whole batch", async world =>
        {
            world.Answer(EnvironmentsInName.Success("""{"batchItemFailures":[{"foo":"notvalid"}]}"""));
            await FailTwiceAsync(world);
            await AssertDeadAsync(world);
        }) { Resources = Mapping("FunctionResponseTypes: [ReportBatchItemFailures]") },
        new(About, "An empty object reports no batch item failure", async world =>
        {
            world.Answer(EnvironmentsInName.Success("{}"));
            await world.SendMessageAsync("work", "x");
            Assert.Equal((1, 0), await world.Lambda.FactAsync<BatchSucceeded>() is var done
                ? (done.Deleted, done.Failed) : default);
            await world.PassAsync(2 * Hidden);
            Assert.Single(world.Requests);
        }) { Resources = Mapping("FunctionResponseTypes: [ReportBatchItemFailures]") },
        new(About, "A mapping is shown with its defaults", async world =>
        {
            var listed = await world.GetAsync("/2015-03-31/event-source-mappings/?FunctionName=echo");
            Assert.Equal(["EventSourceMappings"], listed.Json.AsObject().Select(member => member.Key));
            var shown = Assert.Single(listed.Json["EventSourceMappings"]!.AsArray())!.AsObject();
            var uuid = (string)shown["UUID"]!;
            Answers.AssertForm(shown, "LastModified", @"^[0-9]{10}(\.[0-9]+)?$");
            Answers.AssertJson($$"""
                {"UUID":"{{uuid}}","BatchSize":10,"EventSourceArn":"{{RecordedWorld.QueueArn("work")}}",
                "EventSourceMappingArn":"arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{{uuid}}",
                "FunctionArn":"{{RecordedWorld.Echo}}","FunctionResponseTypes":[],"LastModified":"-","State":"Enabled",
                "MaximumBatchingWindowInSeconds":0,"StateTransitionReason":"USER_INITIATED"}
                """, shown);
        }) { Resources = Mapping() },
        new(About, "Fifteen messages within a window of batching are one batch", async world =>
        {
            foreach (var i in Enumerable.Range(0, 15)) await world.SendMessageAsync("work", $"{i}");
            await world.PassAsync(TimeSpan.FromSeconds(10));
            await world.Lambda.FactAsync<BatchSucceeded>();
            Assert.Single(world.Requests);
            var records = Records(world).ToList();
            Assert.Equal(15, records.Count);
            foreach (var (record, i) in records.Select((record, i) => (record, i)))
                Answers.AssertRecord(record, "work", $"{i}");
        }) { Resources = Mapping("BatchSize: 15, MaximumBatchingWindowInSeconds: 10") },
        new(About, "A batch of more than ten needs a window", async world => Assert.Equal(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
            await world.RefusedDeploymentAsync(Second("records", "BatchSize: 15")))),
        new(About, "A second mapping of one queue to one function is a conflict that names the first", async world =>
        {
            var listed = await world.GetAsync("/2015-03-31/event-source-mappings/?FunctionName=echo");
            var uuid = (string)listed.Json["EventSourceMappings"]![0]!["UUID"]!;
            Assert.Equal($"An event source mapping with SQS arn (\" {RecordedWorld.QueueArn("work")} \") and "
                + "function (\" echo \") already exists. Please update or delete the existing mapping with UUID "
                + uuid,
                await world.RefusedDeploymentAsync(Second("work", "BatchSize: 10")));
        }) { Resources = Mapping() },
        new(About, "A queue that is not there can't be read", async world => Assert.Equal(
            "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error "
            + "Message: The specified queue does not exist.",
            await world.RefusedDeploymentAsync(Second("missing", "BatchSize: 10")))),
    ];

    private static string Mapping(string more = "Enabled: true") => $$"""
          Mapping:
            Type: AWS::Lambda::EventSourceMapping
            Properties: {EventSourceArn: !GetAtt Work.Arn, FunctionName: !Ref Echo, {{more}}}

        """;

    private static string Second(string queue, string more) => $$"""
          Second:
            Type: AWS::Lambda::EventSourceMapping
            Properties: {EventSourceArn: '{{RecordedWorld.QueueArn(queue)}}', FunctionName: echo, {{more}}}

        """;

    private static IEnumerable<JsonNode> Records(RecordedWorld world) => world.Requests.SelectMany(
        request => JsonNode.Parse(request.Payload.Span)!["Records"]!.AsArray().Select(record => record!));

    private static async Task<JsonNode> FirstRecordAsync(RecordedWorld world)
    {
        await world.Lambda.FactAsync<BatchSucceeded>();
        return Records(world).First();
    }

    /// <summary>What failed is in the dead-letter queue, received twice before and now once more.</summary>
    private static async Task AssertDeadAsync(RecordedWorld world)
    {
        var letter = (await world.ReceiveAsync("dead")).AsObject();
        var system = letter["attributes"]!.AsObject();
        Assert.Equal(RecordedWorld.QueueArn("work"), (string?)system["DeadLetterQueueSourceArn"]);
        system.Remove("DeadLetterQueueSourceArn");
        Answers.AssertRecord(letter, "dead", "x", receives: 3);
    }

    private static async Task FailTwiceAsync(RecordedWorld world)
    {
        await world.SendMessageAsync("work", "x");
        await world.Lambda.FactAsync<BatchFailed>();
        var before = world.Lambda.World.Journal.LastSequence;
        await world.PassAsync(Hidden);
        await world.Lambda.FactAsync<BatchFailed>(after: before);
        await world.PassAsync(Hidden);
    }
}
