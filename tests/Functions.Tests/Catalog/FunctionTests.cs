using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Isobar.Catalog;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Catalog;

public sealed class FunctionTests : IAsyncLifetime
{
    private static readonly StationNames Names = StationNames.Read(
        new MemoryStream("id,name\nXIW00000001,Skerry Light\n"u8.ToArray()));

    private BucketsOnPortZero s3 = null!;

    public async ValueTask InitializeAsync() => s3 = await BucketsOnPortZero.StartAsync("site");

    public ValueTask DisposeAsync() => s3.DisposeAsync();

    [Fact]
    public async Task An_accepted_file_stands_in_the_catalogue_as_the_page_reads_it()
    {
        await HandleAsync(Notices.Success("a.csv", 1));
        Assert.Equal(
            """
            {"files":[{"key":"a.csv","job":"job-a.csv-1","versionId":"v1","sequencer":"0001","chunks":1,
            "acceptedAt":"2026-01-12T15:39:07.123+00:00"}]}
            """.ReplaceLineEndings(""),
            await TextAsync());
    }

    [Fact]
    public async Task A_refused_file_stands_there_with_the_reason()
    {
        await HandleAsync(Notices.Success("a.csv.gz", 1, "gzip:size"));
        var file = JsonNode.Parse(await TextAsync())!["files"]![0]!;
        Assert.Equal((0, "gzip:size"), ((int)file["chunks"]!, (string?)file["refusal"]));
    }

    [Theory]
    [InlineData("csv/by_station/XIW00000001.csv", "Skerry Light")]
    [InlineData("XIW00000001.csv.gz", "Skerry Light")]
    [InlineData("XIW00000001", "Skerry Light")]
    [InlineData("XIW00000002.csv", null)]
    [InlineData("XIW00000001/", null)]
    [InlineData("a/.XIW00000001.csv", null)]
    public async Task A_file_that_is_named_after_a_station_carries_the_stations_name(string key, string? name)
    {
        await HandleAsync(Notices.Success(key, 1));
        Assert.Equal(name, (string?)JsonNode.Parse(await TextAsync())!["files"]![0]!["station"]);
    }

    [Fact]
    public async Task A_notification_that_comes_again_writes_nothing()
    {
        await HandleAsync(Notices.Success("a.csv", 1));
        var before = await s3.Client.GetObjectMetadataAsync("site", CatalogObject.Key);
        await HandleAsync(Notices.Success("a.csv", 1));
        Assert.Equal(before.VersionId, (await s3.Client.GetObjectMetadataAsync("site", CatalogObject.Key)).VersionId);
    }

    [Fact]
    public async Task The_catalogue_is_JSON_that_viewers_may_keep_for_a_minute()
    {
        await HandleAsync(Notices.Success("a.csv", 1));
        var head = await s3.Client.GetObjectMetadataAsync("site", CatalogObject.Key);
        Assert.Equal(("application/json", "max-age=60"), (head.Headers.ContentType, head.Headers.CacheControl));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_message_that_is_no_record_fails_and_writes_nothing(string message) =>
        await AssertRefusedAsync(message);

    [Fact]
    public async Task A_record_of_no_accepted_file_fails_and_writes_nothing()
    {
        await AssertRefusedAsync(Notices.Record("RetriesExhausted", new JsonObject { ["errorMessage"] = "x" }));
        await AssertRefusedAsync(Notices.Record("Success", null));
        await AssertRefusedAsync(Notices.Record("Success", new JsonObject { ["Jobs"] = new JsonArray() }));
        await AssertRefusedAsync(Notices.Record(
            "Success", new JsonObject { ["Jobs"] = new JsonArray(new JsonObject { ["Key"] = "a.csv" }) }));
    }

    [Fact]
    public async Task A_catalogue_that_is_damaged_is_not_overwritten()
    {
        await s3.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = "site", Key = CatalogObject.Key, ContentBody = "{\"files\":" });
        await Assert.ThrowsAsync<JsonException>(() => HandleAsync(Notices.Success("a.csv", 1)));
        Assert.Equal("{\"files\":", await TextAsync());
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => HandleAsync(Notices.Success($"{i}", 1)))));
        var files = JsonNode.Parse(await TextAsync())!["files"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), files.Select(file => (string)file!["key"]!));
    }

    [Fact]
    public async Task After_twelve_tries_the_invocation_fails_so_that_Lambda_tries_again()
    {
        var clock = new ImmediateTime();
        var contended = new Contended();
        var update = new CatalogUpdate(contended, new ConflictDelays(new Random(1), clock));
        var failure = await Assert.ThrowsAsync<IOException>(
            () => new Function(update, Names).Handle(Notices.Of(Notices.Success("a", 1)), new Invocation()));
        Assert.Equal("The catalogue changed on each of 12 tries.", failure.Message);
        Assert.Equal((12, 11), (contended.Writes, clock.Waits.Count));
        Assert.All(clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMilliseconds(640)));
    }

    [Fact]
    public async Task A_deadline_ends_the_tries()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Function().Handle(
            Notices.Of(Notices.Success("a", 1)), new Invocation(TimeSpan.FromSeconds(1))));
    }

    private async Task AssertRefusedAsync(string message)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => HandleAsync(message));
        Assert.True(failure is JsonException or InvalidDataException, failure.ToString());
        Assert.Null((await s3.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "site" })).S3Objects);
    }

    private Function Function() => new(new CatalogUpdate(
        new CatalogObject(s3.Client, "site"),
        new ConflictDelays(new Random(Seeds.Next()), TimeProvider.System)), Names);

    private Task HandleAsync(string message) => Function().Handle(Notices.Of(message), new Invocation());

    private async Task<string> TextAsync()
    {
        using var answer = await s3.Client.GetObjectAsync("site", CatalogObject.Key);
        return await new StreamReader(answer.ResponseStream).ReadToEndAsync();
    }

    private sealed class Contended : ICatalogObject
    {
        public int Writes { get; private set; }

        public Task<(CatalogDocument Document, string? Tag)> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<(CatalogDocument, string?)>((CatalogDocument.Empty, null));

        public Task<bool> TryWriteAsync(CatalogDocument document, string? tag, CancellationToken cancellationToken)
        {
            Writes++;
            return Task.FromResult(false);
        }
    }
}
