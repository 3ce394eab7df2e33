using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Local.Services.S3;
using Isobar.Local.Tests;

namespace Isobar.Functions.Tests;

/// <summary>Buckets that keep versions, served by the host's S3 to the AWS SDK.</summary>
internal sealed class BucketsOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero server;
    private readonly S3Module module;
    private readonly string directory;

    private BucketsOnPortZero(ModuleOnPortZero server, S3Module module, string directory)
    {
        (this.server, this.module, this.directory) = (server, module, directory);
        Client = new AmazonS3Client(TableOnPortZero.Credentials, Config);
    }

    /// <summary>One attempt a call: what a test sees is what it did.</summary>
    public AmazonS3Config Config => new()
    {
        ServiceURL = server.Address.ToString(),
        AuthenticationRegion = ModuleOnPortZero.Region,
        UseHttp = true,
        MaxErrorRetry = 0,
    };

    public AmazonS3Client Client { get; }

    public static async Task<BucketsOnPortZero> StartAsync(params string[] buckets)
    {
        var directory = Directory.CreateTempSubdirectory("isobar-buckets-").FullName;
        S3Module? module = null;
        var server = await ModuleOnPortZero.StartAsync(world =>
        [
            module = new S3Module(world.Context with { DataDirectory = directory }),
        ]);
        var s3 = new BucketsOnPortZero(server, module!, directory);
        foreach (var bucket in buckets)
        {
            await s3.Client.PutBucketAsync(bucket);
            await s3.Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
            });
        }

        return s3;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        await module.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
