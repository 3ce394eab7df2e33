using System.Text.Json.Nodes;
using Amazon.S3;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
public sealed class CatalogStories(StackFixture stack)
{
    private const string Sample = "XIW00000001.csv";
    private const int LargestGzip = 64 * 1024 * 1024;

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept("Destination on success: SNS", "IntakeFunction", "FileAcceptedTopic")]
    [Concept("Asynchronous trigger: SNS, fan-out with a filter on the body",
        "CatalogRecordFileFunction.Accepted", "AuditSubscription")]
    public async Task A_landed_file_is_in_the_catalogue_and_in_the_audit_queue()
    {
        var landed = await stack.Landings.PutSampleAsync("catalogue/once.csv", Sample);
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
        var landed = await stack.Landings.PutSampleAsync($"catalogue/named/{Sample}", Sample);

        var file = (await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1)).Single();

        Assert.Equal("Skerry Light", (string?)file["station"]);
    }

    [Fact]
    public async Task A_file_accepted_twice_stands_in_the_catalogue_once()
    {
        var landed = await stack.Landings.PutSampleAsync("catalogue/twice.csv", Sample);
        await stack.SettleAsync(landed);
        var before = await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1);
        var record = await AuditedAsync(landed.Key);

        // S3 delivers an event at least once: the same one comes again.
        await stack.Stack.Calls.InvokeAsync(
            stack.Stack.NameOf("IntakeFunction"), record!["requestPayload"]!.ToJsonString(), "Event");
        await stack.QuietAsync();
        Assert.NotNull(await AuditedAsync(landed.Key));
        // The page writer gathers changes for as long as its batching window.
        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        await stack.QuietAsync();

        Assert.Equal(before.Single().ToJsonString(), (await FilesAsync(landed.Key)).Single().ToJsonString());
    }

    /// <summary>Not on LocalStack, which sends the same sequencer with every S3 event: there either may stay.</summary>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    public async Task The_newer_version_of_a_file_takes_the_place_of_the_older_one()
    {
        var older = await stack.Landings.PutSampleAsync("catalogue/newer.csv", Sample);
        var newer = await stack.Landings.PutSampleAsync("catalogue/newer.csv", Sample);
        await stack.SettleAsync(older, newer);

        var files = await stack.UntilAsync(
            () => FilesAsync(newer.Key),
            files => files.Any(file => (string?)file["versionId"] == newer.VersionId));
        Assert.Single(files);
    }

    [Fact]
    public async Task A_refused_file_is_in_the_catalogue_with_its_reason_and_not_in_the_audit_queue()
    {
        var content = new byte[LargestGzip + 1];
        (content[0], content[1]) = (0x1F, 0x8B);
        var landed = await stack.Landings.PutAsync("catalogue/refused.csv.gz", content);
        await stack.SettleAsync(landed);

        var files = await stack.UntilAsync(() => FilesAsync(landed.Key), files => files.Count == 1);
        Assert.Equal("gzip:size", (string?)files.Single()["refusal"]);
        Assert.Null(await AuditedAsync(landed.Key));
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
            stack.Stack.NameOf("CatalogRecordFileFunction"), nonsense.ToJsonString(), "Event");
        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(4), CancellationToken.None);
        await stack.QuietAsync();

        Assert.Equal(3, Assert.Single(stack.Facts<AsynchronousEventDropped>(before)).ApproximateInvokeCount);
        var kept = await Queues.TakeAsync(stack.Stack, stack.Stack.CatalogDeadLetterQueueUrl, _ => true);
        Assert.Equal(nonsense.ToJsonString(), kept!.ToJsonString());
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Concept("Event source mapping: a large batch, gathered in a window", "CatalogWritePagesFunction.Changes",
        "CatalogChangesQueue")]
    public async Task Each_file_is_on_the_page_of_its_name_and_among_the_newest()
    {
        var folder = $"catalogue/{Guid.NewGuid():N}";
        var (first, second) = ($"{folder}/one.csv", $"{folder}/gz/one.csv.gz");
        await stack.Landings.PutSampleAsync(first, Sample);
        await stack.Landings.PutSampleAsync(second, "XIW00000004.csv.gz");

        await stack.UntilAsync(() => FilesAsync(first, "site/catalog/one.json"), files => files.Count == 1);
        await stack.UntilAsync(() => FilesAsync(second, "site/catalog/one.json"), files => files.Count == 1);
        Assert.Single(await FilesAsync(first, "site/catalog.json"));
        Assert.Single(await FilesAsync(second, "site/catalog.json"));
    }

    private Task<IReadOnlyList<JsonNode>> FilesAsync(string key) => FilesAsync(key, "site/catalog.json");

    private async Task<IReadOnlyList<JsonNode>> FilesAsync(string key, string list)
    {
        try
        {
            using var answer = await stack.Stack.S3.GetObjectAsync(stack.Stack.SiteBucket, list);
            var catalog = await JsonNode.ParseAsync(answer.ResponseStream);
            return [.. catalog!["files"]!.AsArray().Where(file => (string?)file!["key"] == key).Select(file => file!)];
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return [];
        }
    }

    private Task<JsonNode?> AuditedAsync(string key) => Queues.TakeAsync(
        stack.Stack, stack.Stack.AuditQueueUrl, record => (string?)AcceptedJob(record)["Source"]!["Key"] == key);

    private static JsonNode AcceptedJob(JsonNode record) => record["responsePayload"]!["Jobs"]![0]!;
}
