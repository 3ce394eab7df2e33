using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Isobar.Catalog;
using Isobar.Tables;

namespace Isobar.Functions.Tests.Catalog;

public sealed class RecordFileTests : IAsyncLifetime
{
    private CatalogStores stores = null!;

    public async ValueTask InitializeAsync() => stores = await CatalogStores.StartAsync();

    public ValueTask DisposeAsync() => stores.DisposeAsync();

    [Fact]
    public async Task An_accepted_file_is_one_item_and_one_message()
    {
        await HandleAsync(Notices.Success("a.csv", 1));
        Assert.Equal(
            new CatalogFile(
                "a.csv", "job-a.csv-1", "v1", "0001", 1, DateTimeOffset.Parse("2026-01-12T15:39:07.123Z"), null),
            Assert.Single(await stores.Files.ReadAsync(["a.csv"], default)));
        Assert.Equal(["""{"key":"a.csv"}"""], stores.Sent);
        Assert.Equal(
            $"{(TableOnPortZero.Now + TimeSpan.FromDays(400)).ToUnixTimeSeconds()}",
            Assert.Single(await ItemsAsync())[Retention.Attribute].N);
    }

    [Fact]
    public async Task A_refused_file_keeps_its_reason()
    {
        await HandleAsync(Notices.Success("a.csv.gz", 1, "gzip:size"));
        var file = Assert.Single(await stores.Files.ReadAsync(["a.csv.gz"], default));
        Assert.Equal((0, "gzip:size"), (file.Chunks, file.Refusal));
    }

    [Theory]
    [InlineData("csv/by_station/XIW00000001.csv", "Skerry Light")]
    [InlineData("XIW00000001.csv.gz", "Skerry Light")]
    [InlineData("XIW00000001", "Skerry Light")]
    [InlineData("XIW00000002.csv", null)]
    [InlineData("XIW00000001/", null)]
    [InlineData("a/.XIW00000001.csv", null)]
    public async Task A_file_that_is_named_after_a_station_has_the_stations_name(string key, string? name)
    {
        await HandleAsync(Notices.Success(key, 1));
        Assert.Equal(name, Assert.Single(await stores.Files.ReadAsync([key], default)).Station);
    }

    [Fact]
    public async Task A_notification_that_comes_again_changes_no_item_and_sends_the_message_again()
    {
        await HandleAsync(Notices.Success("a.csv", 1));
        var before = Assert.Single(await ItemsAsync());
        await HandleAsync(Notices.Success("a.csv", 1));
        Assert.Equal(before.Keys, Assert.Single(await ItemsAsync()).Keys);
        Assert.Equal(2, stores.Sent.Count);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Of_two_versions_the_newer_one_stays_in_whichever_order_they_come(int first, int second)
    {
        await HandleAsync(Notices.Success("a.csv", first));
        await HandleAsync(Notices.Success("a.csv", second));
        Assert.Equal("v2", Assert.Single(await stores.Files.ReadAsync(["a.csv"], default)).VersionId);
        // An older version changes nothing, so nothing has to be written.
        Assert.Equal(first < second ? 2 : 1, stores.Sent.Count);
    }

    [Theory]
    [InlineData("0055", "00550", true)]
    [InlineData("0055A", "0055A001", true)]
    [InlineData("0055A001", "0055A", false)]
    [InlineData("0056", "0055FFFF", false)]
    public async Task Sequencers_compare_in_the_table_as_S3_says(string listed, string coming, bool isTaken)
    {
        var file = new CatalogFile("a.csv", "job", "v", listed, 1, DateTimeOffset.UnixEpoch, null);
        Assert.True(await stores.Files.PutAsync(file, default));
        Assert.Equal(isTaken, await stores.Files.PutAsync(file with { Sequencer = coming }, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_message_that_is_not_an_invocation_record_fails_and_writes_nothing(string message) =>
        await AssertRefusedAsync(message);

    [Fact]
    public async Task A_record_without_accepted_files_fails_and_writes_nothing()
    {
        await AssertRefusedAsync(Notices.Record("RetriesExhausted", new JsonObject { ["errorMessage"] = "x" }));
        await AssertRefusedAsync(Notices.Record("Success", null));
        await AssertRefusedAsync(Notices.Record("Success", new JsonObject { ["Jobs"] = new JsonArray() }));
        await AssertRefusedAsync(Notices.Record(
            "Success", new JsonObject { ["Jobs"] = new JsonArray(new JsonObject { ["Job"] = "job" }) }));
    }

    [Fact]
    public async Task A_deadline_ends_the_work()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stores.RecordFile.RecordFile(
            Notices.Of(Notices.Success("a", 1)), new Invocation(TimeSpan.FromSeconds(1))));
        Assert.Empty(stores.Sent);
    }

    private async Task AssertRefusedAsync(string message)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => HandleAsync(message));
        Assert.True(failure is JsonException or InvalidDataException, failure.ToString());
        Assert.Empty(await ItemsAsync());
        Assert.Empty(stores.Sent);
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync() =>
        (await stores.Table.ScanAsync(new ScanRequest { TableName = "Catalog" })).Items ?? [];

    private Task HandleAsync(string message) =>
        stores.RecordFile.RecordFile(Notices.Of(message), new Invocation());
}
