using Amazon.S3.Model;
using Isobar.Catalog;

namespace Isobar.Functions.Tests.Catalog;

[Collection(nameof(Batches))]
public sealed class WritePagesTests : IAsyncLifetime
{
    private CatalogStores stores = null!;

    public async ValueTask InitializeAsync() => stores = await CatalogStores.StartAsync();

    public ValueTask DisposeAsync() => stores.DisposeAsync();

    [Fact]
    public async Task A_file_is_on_its_page_and_among_the_newest_as_the_website_reads_it()
    {
        await RecordAsync("csv/by_station/XIW00000001.csv");
        Assert.Empty(await WriteAsync("csv/by_station/XIW00000001.csv"));
        var expected =
            """
            {"files":[{"key":"csv/by_station/XIW00000001.csv","job":"job-csv/by_station/XIW00000001.csv-1",
            "versionId":"v1","sequencer":"0001","chunks":1,"acceptedAt":"2026-01-12T15:39:07.123+00:00",
            "station":"Skerry Light"}]}
            """.ReplaceLineEndings("");
        Assert.Equal(expected, await stores.TextAsync("site/catalog/XIW00000001.json"));
        Assert.Equal(expected, await stores.TextAsync("site/catalog.json"));
    }

    [Fact]
    public async Task Files_of_one_name_share_a_page_and_others_have_their_own()
    {
        await RecordAsync("csv/by_station/XIW00000001.csv", "csv.gz/by_station/XIW00000001.csv.gz", "a b.csv");
        await WriteAsync("csv/by_station/XIW00000001.csv", "csv.gz/by_station/XIW00000001.csv.gz", "a b.csv");
        Assert.Equal(2, (await stores.KeysAsync("site/catalog/XIW00000001.json")).Count());
        Assert.Equal(["a b.csv"], await stores.KeysAsync(PageWriter.KeyOf(PageName.Of("a b.csv"))));
        Assert.Equal(3, (await stores.KeysAsync("site/catalog.json")).Count());
    }

    [Fact]
    public async Task Repeated_changes_write_nothing()
    {
        await RecordAsync("a.csv");
        await WriteAsync("a.csv", "a.csv");
        var before = await VersionsAsync();
        await WriteAsync("a.csv");
        Assert.Equal(before, await VersionsAsync());
        Assert.Equal(2, before.Count);
    }

    [Fact]
    public async Task The_lists_are_JSON_that_browsers_may_cache_for_a_minute()
    {
        await RecordAsync("a.csv");
        await WriteAsync("a.csv");
        foreach (var key in (string[])["site/catalog.json", "site/catalog/a.json"])
        {
            var head = await stores.S3.GetObjectMetadataAsync("site", key);
            Assert.Equal(("application/json", "max-age=60"), (head.Headers.ContentType, head.Headers.CacheControl));
        }
    }

    [Fact]
    public async Task A_message_without_a_key_is_reported_and_the_others_are_written()
    {
        await RecordAsync("a.csv");
        var failed = await HandleAsync("nonsense", """{"key":"a.csv"}""", "{}", "null", """{"key":""}""");
        Assert.Equal(["m0", "m2", "m3", "m4"], failed);
        Assert.Equal(["a.csv"], await stores.KeysAsync("site/catalog/a.json"));
    }

    [Fact]
    public async Task A_file_that_has_expired_is_skipped()
    {
        Assert.Empty(await WriteAsync("gone.csv"));
        Assert.Empty(await VersionsAsync());
    }

    [Theory]
    [InlineData("{\"files\":")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_damaged_page_is_not_overwritten_and_only_its_messages_fail(string damaged)
    {
        await stores.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = "site", Key = "site/catalog/a.json", ContentBody = damaged });
        await RecordAsync("a.csv", "b.csv");
        Assert.Equal(["m0"], await WriteAsync("a.csv", "b.csv"));
        Assert.Equal(damaged, await stores.TextAsync("site/catalog/a.json"));
        Assert.Equal(["b.csv"], await stores.KeysAsync("site/catalog/b.json"));
    }

    [Fact]
    public async Task Two_writers_at_the_same_time_lose_nothing()
    {
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => $"{i}/shared.csv")];
        await RecordAsync(keys);
        var writers = new PageWriter(
            stores.Files, new SiteLists(stores.S3, "site"), new Backoff(new Random(Seeds.Next()), TimeProvider.System));
        await Task.WhenAll(writers.WriteAsync(keys[..10], default), writers.WriteAsync(keys[10..], default));
        Assert.Equal(keys.Order(), (await stores.KeysAsync("site/catalog/shared.json")).Order());
        Assert.Equal(keys.Order(), (await stores.KeysAsync("site/catalog.json")).Order());
    }

    [Fact]
    public async Task A_page_that_changes_on_three_tries_fails_its_messages_and_no_others()
    {
        await RecordAsync("a.csv", "b.csv");
        var (clock, lists) = (new ImmediateTime(), new Contended(stores.S3, "site/catalog/a.json"));
        var answer = await stores.WritePages(lists, clock).WritePages(
            Batches.Of("""{"key":"a.csv"}""", """{"key":"b.csv"}"""), new Invocation());
        Assert.Equal(["m0"], Batches.Failed(answer));
        Assert.Equal((3, 2), (lists.Refused, clock.Waits.Count));
        Assert.Equal(["b.csv"], await stores.KeysAsync("site/catalog/b.json"));
    }

    [Fact]
    public async Task A_newest_list_that_changes_on_three_tries_fails_the_batch()
    {
        await RecordAsync("a.csv");
        var lists = new Contended(stores.S3, "site/catalog.json");
        var failure = await Assert.ThrowsAsync<IOException>(() => stores.WritePages(lists).WritePages(
            Batches.Of("""{"key":"a.csv"}"""), new Invocation()));
        Assert.Equal("Another writer changed site/catalog.json on each of 3 tries.", failure.Message);
        Assert.Equal(3, lists.Refused);
    }

    private async Task RecordAsync(params string[] keys)
    {
        foreach (var key in keys)
            await stores.RecordFile.RecordFile(Notices.Of(Notices.Success(key, 1)), new Invocation());
    }

    private async Task<Dictionary<string, string>> VersionsAsync()
    {
        var listed = await stores.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "site" });
        var versions = new Dictionary<string, string>();
        foreach (var entry in listed.S3Objects ?? [])
            versions[entry.Key] = (await stores.S3.GetObjectMetadataAsync("site", entry.Key)).VersionId;
        return versions;
    }

    private Task<IEnumerable<string>> WriteAsync(params string[] keys) =>
        HandleAsync([.. keys.Select(key => new ChangedFile(key).ToJson())]);

    private async Task<IEnumerable<string>> HandleAsync(params string[] bodies) =>
        Batches.Failed(await stores.WritePages().WritePages(Batches.Of(bodies), new Invocation()));

    /// <summary>One of whose objects somebody else always changes first.</summary>
    private sealed class Contended(Amazon.S3.IAmazonS3 s3, string contended) : ISiteLists
    {
        private readonly SiteLists lists = new(s3, "site");

        public int Refused { get; private set; }

        public Task<(FileList List, string? Tag)> ReadAsync(string objectKey, CancellationToken cancellationToken) =>
            lists.ReadAsync(objectKey, cancellationToken);

        public Task<bool> TryWriteAsync(
            string objectKey, FileList list, string? tag, CancellationToken cancellationToken)
        {
            if (objectKey != contended) return lists.TryWriteAsync(objectKey, list, tag, cancellationToken);
            Refused++;
            return Task.FromResult(false);
        }
    }
}
