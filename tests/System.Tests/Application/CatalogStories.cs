using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
public sealed class CatalogStories(StackFixture stack)
{
    private const string Sample = "XIW00000001.csv";
    private const int LargestGzip = 64 * 1024 * 1024;

    // Less a little, because the queue's clock is not Lambda's.
    private static readonly TimeSpan ThreeMinutes = TimeSpan.FromSeconds(175);

    // A stack on AWS outlives the stories, and so do the files of earlier runs.
    private readonly string folder = $"catalogue/{Guid.NewGuid():N}";

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept("Destination on success: SNS", "IntakeFunction", "FileAcceptedTopic")]
    [Concept("Asynchronous trigger: SNS, fan-out with a filter on the body",
        "CatalogRecordFileFunction.Accepted", "AuditSubscription")]
    public async Task A_landed_file_is_in_the_catalogue_and_in_the_audit_queue()
    {
        var landed = await stack.Landings.PutSampleAsync($"{folder}/once.csv", Sample);
        var job = (await stack.SettleAsync(landed)).Single();

        var file = (await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1)).Single();
        Assert.Equal(
            (job.Id, landed.VersionId, job.Sequencer, 1),
            ((string)file["job"]!, (string)file["versionId"]!, (string)file["sequencer"]!, (int)file["chunks"]!));

        // Raw delivery: the message is the record itself, without SNS's envelope.
        var record = (await stack.UntilAsync(() => AuditedAsync(landed.Key), record => record is not null))!;
        Assert.Equal("Success", (string?)record["requestContext"]!["condition"]);
        Assert.Equal(job.Id, (string?)AcceptedJob(record)["Job"]);
        Assert.Equal("ObjectCreated:Put", (string)record["requestPayload"]!["Records"]![0]!["eventName"]!);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept(
        "Layer: libraries and data that functions share", "SharedLayer", "CatalogRecordFileFunction",
        Code = "layers/shared")]
    public async Task A_file_named_after_a_station_carries_its_name_from_the_layer()
    {
        var landed = await stack.Landings.PutSampleAsync($"{folder}/{Sample}", Sample);

        var file = (await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1)).Single();

        Assert.Equal("Skerry Light", (string?)file["station"]);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_file_accepted_twice_stands_in_the_catalogue_once()
    {
        var landed = await stack.Landings.PutSampleAsync($"{folder}/twice.csv", Sample);
        await stack.SettleAsync(landed);
        var before = await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1);
        var record = await stack.UntilAsync(() => AuditedAsync(landed.Key), record => record is not null);

        // S3 delivers an event at least once: the same one comes again.
        await stack.Stack.Calls.InvokeAsync(
            stack.Stack.LiveOf("IntakeFunction"), record!["requestPayload"]!.ToJsonString(), "Event");
        await stack.UntilAsync(() => AuditedAsync(landed.Key), record => record is not null);
        await ALaterFileIsListedAsync();

        Assert.Equal(before.Single().ToJsonString(), (await FilesAsync(landed.Key)).Single().ToJsonString());
    }

    /// <summary>Not on LocalStack, which sends the same sequencer with every S3 event: there either may stay.</summary>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    public async Task The_newer_version_of_a_file_takes_the_place_of_the_older_one()
    {
        var older = await stack.Landings.PutSampleAsync($"{folder}/newer.csv", Sample);
        var newer = await stack.Landings.PutSampleAsync($"{folder}/newer.csv", Sample);
        await stack.SettleAsync(older, newer);

        var files = await stack.UntilAsync(
            () => FilesAsync(newer.Key),
            files => files.Any(file => (string?)file["versionId"] == newer.VersionId));
        Assert.Single(files);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_refused_file_is_in_the_catalogue_with_its_reason_and_not_in_the_audit_queue()
    {
        var content = new byte[LargestGzip + 1];
        (content[0], content[1]) = (0x1F, 0x8B);
        var landed = await stack.Landings.PutAsync($"{folder}/refused.csv.gz", content);
        await stack.SettleAsync(landed);

        var files = await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1);
        Assert.Equal("gzip:size", (string?)files.Single()["refusal"]);
        var accepted = await ALaterFileIsListedAsync();
        var audited = new List<string?>();
        await stack.UntilAsync(
            () => Queues.TakeAsync(stack.Stack, stack.Stack.AuditQueueUrl, record =>
            {
                audited.Add(KeyOf(record));
                return KeyOf(record) == accepted.Key;
            }),
            record => record is not null);
        Assert.DoesNotContain(landed.Key, audited);
    }

    [Fact]
    [Concept("A function's dead-letter queue", "CatalogRecordFileFunction", "CatalogDeadLetterQueue")]
    public async Task An_event_that_the_catalogue_cannot_read_is_tried_three_times_and_ends_in_a_dead_letter_queue()
    {
        var before = stack.Host.Journal.LastSequence;
        var nonsense = new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["Message"] = "nonsense" } }),
        };
        await stack.Stack.Calls.InvokeAsync(
            stack.Stack.LiveOf("CatalogRecordFileFunction"), nonsense.ToJsonString(), "Event");
        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(4), CancellationToken.None);
        await stack.QuietAsync();

        Assert.Equal(3, Assert.Single(stack.Facts<AsynchronousEventDropped>(before)).ApproximateInvokeCount);
        var kept = await Queues.TakeAsync(stack.Stack, stack.Stack.CatalogDeadLetterQueueUrl, _ => true);
        Assert.Equal(nonsense.ToJsonString(), kept!.ToJsonString());
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task An_event_that_the_catalogue_cannot_read_is_in_the_dead_letter_queue_three_minutes_later()
    {
        var queue = stack.Stack.CatalogDeadLetterQueueUrl;
        var before = await Queues.NowAsync(stack, queue);
        var nonsense = new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["Message"] = "nonsense" } }),
        };

        var answer = await stack.Stack.Calls.InvokeAsync(
            stack.Stack.LiveOf("CatalogRecordFileFunction"), nonsense.ToJsonString(), "Event");
        var requestId = answer.Headers.GetValues("x-amzn-RequestId").Single();
        var message = (await stack.UntilAsync(
            () => Queues.TakeMessageAsync(stack.Stack, queue, message => message.Attribute("RequestID") == requestId),
            message => message is not null))!;

        Assert.True(message.SentAt - before > ThreeMinutes, $"{message.SentAt - before}");
        Assert.True(JsonNode.DeepEquals(nonsense, message.Body));
        Assert.Equal("200", message.Attribute("ErrorCode"));
        Assert.NotEmpty(message.Attribute("ErrorMessage")!);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept("Event source mapping: a large batch, gathered in a window", "CatalogWritePagesFunction.Changes",
        "CatalogChangesQueue")]
    public async Task Each_file_is_on_the_page_of_its_name_and_among_the_newest()
    {
        var (first, second) = ($"{folder}/one.csv", $"{folder}/gz/one.csv.gz");
        await stack.Landings.PutSampleAsync(first, Sample);
        await stack.Landings.PutSampleAsync(second, "XIW00000004.csv.gz");

        await stack.UntilAsync(() => FilesAsync(first, "site/catalog/one.json"), files => files.Count == 1);
        await stack.UntilAsync(() => FilesAsync(second, "site/catalog/one.json"), files => files.Count == 1);
        Assert.Single(await FilesAsync(first, "site/catalog.json"));
        Assert.Single(await FilesAsync(second, "site/catalog.json"));
    }

    /// <summary>Lands a file and waits until the catalogue has it, and so what happened before.</summary>
    private async Task<LandedVersion> ALaterFileIsListedAsync()
    {
        var later = await stack.Landings.PutSampleAsync($"{folder}/later.csv", Sample);
        await stack.UntilAsync(() => FilesAsync(later.Key), files => files.Count == 1);
        return later;
    }

    private Task<IReadOnlyList<JsonNode>> FilesAsync(string key) => FilesAsync(key, "site/catalog.json");

    private async Task<IReadOnlyList<JsonNode>> FilesAsync(string key, string list)
    {
        // Listed before it is read: without ListBucket, S3 answers 403 for a missing key.
        var found = await stack.Stack.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = stack.Stack.SiteBucket, Prefix = list });
        if (found.S3Objects is not { Count: > 0 }) return [];
        using var answer = await stack.Stack.S3.GetObjectAsync(stack.Stack.SiteBucket, list);
        var catalog = await JsonNode.ParseAsync(answer.ResponseStream);
        return [.. catalog!["files"]!.AsArray().Where(file => (string?)file!["key"] == key).Select(file => file!)];
    }

    private Task<JsonNode?> AuditedAsync(string key) => Queues.TakeAsync(
        stack.Stack, stack.Stack.AuditQueueUrl, record => KeyOf(record) == key);

    private static string? KeyOf(JsonNode record) => (string?)AcceptedJob(record)["Source"]!["Key"];

    private static JsonNode AcceptedJob(JsonNode record) => record["responsePayload"]!["Jobs"]![0]!;
}
