using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Import;

namespace Isobar.Functions.Tests.Import;

public sealed class StationFilesTests : IAsyncLifetime
{
    private const string Key = "csv/by_station/XIW00000001.csv";

    private BucketsOnPortZero s3 = null!;
    private StationFiles files = null!;

    public async ValueTask InitializeAsync()
    {
        s3 = await BucketsOnPortZero.StartAsync("open-data", "landing");
        files = new StationFiles(s3.Client, "open-data", "landing");
    }

    public ValueTask DisposeAsync() => s3.DisposeAsync();

    [Fact]
    public async Task A_copy_has_the_bytes_of_the_open_data_and_the_import_that_made_it()
    {
        await PutOpenDataAsync("rows\n");
        var version = await files.CopyAsync(Key, "import-1", default);

        using var landed = await s3.Client.GetObjectAsync(
            new GetObjectRequest { BucketName = "landing", Key = Key, VersionId = version });
        Assert.Equal("rows\n", await new StreamReader(landed.ResponseStream).ReadToEndAsync());
        Assert.Equal("import-1", landed.Metadata["import-id"]);
        Assert.Null(landed.Metadata["owner"]);
        Assert.Equal("text/csv", landed.Headers.ContentType);
    }

    [Fact]
    public async Task A_landed_version_is_found_by_the_import_that_made_it_alone()
    {
        await PutOpenDataAsync("rows\n");
        Assert.Null(await files.FindLandedAsync(Key, "import-1", default));

        var version = await files.CopyAsync(Key, "import-1", default);
        Assert.Equal(version, await files.FindLandedAsync(Key, "import-1", default));
        Assert.Null(await files.FindLandedAsync(Key, "import-2", default));
    }

    [Fact]
    public async Task Every_copy_is_a_version_of_its_own()
    {
        await PutOpenDataAsync("rows\n");
        var first = await files.CopyAsync(Key, "import-1", default);
        Assert.NotEqual(first, await files.CopyAsync(Key, "import-2", default));
    }

    [Fact]
    public async Task A_station_that_the_open_data_lacks_is_unknown_and_nothing_lands()
    {
        var unknown = await Assert.ThrowsAsync<UnknownStationException>(
            () => files.CopyAsync(Key, "import-1", default));
        Assert.Equal($"There is no {Key} in the open data bucket open-data.", unknown.Message);
        Assert.Null(await files.FindLandedAsync(Key, "import-1", default));
    }

    [Fact]
    public async Task A_missing_bucket_is_not_an_unknown_station()
    {
        var lost = new StationFiles(s3.Client, "no-such-bucket", "landing");
        var missing = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => lost.CopyAsync(Key, "import-1", default));
        Assert.Equal("NoSuchBucket", missing.ErrorCode);
    }

    [Fact]
    public async Task A_landing_bucket_without_versions_is_refused()
    {
        await PutOpenDataAsync("rows\n");
        await s3.Client.PutBucketAsync("plain");
        var plain = new StationFiles(s3.Client, "open-data", "plain");
        await Assert.ThrowsAsync<InvalidDataException>(() => plain.CopyAsync(Key, "import-1", default));
    }

    private async Task PutOpenDataAsync(string content)
    {
        var request = new PutObjectRequest { BucketName = "open-data", Key = Key, ContentBody = content };
        request.Metadata["owner"] = "open data";
        await s3.Client.PutObjectAsync(request);
    }
}
