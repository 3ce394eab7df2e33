using Amazon.S3.Model;

namespace Isobar.Local.Tour;

/// <summary>The open data that stations are imported from: on AWS somebody else's bucket.</summary>
internal sealed class OpenData(StackClients clients, string samples)
{
    // The parameter OpenDataBucket of the local profile.
    private const string Bucket = "isobar-open-data";

    public Task CreateAsync(CancellationToken cancellationToken) =>
        clients.S3.PutBucketAsync(Bucket, cancellationToken);

    /// <summary>Publishes a sample as a station's file.</summary>
    public Task PublishAsync(string station, CancellationToken cancellationToken) => clients.S3.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = Bucket,
            Key = $"csv/by_station/{station}.csv",
            FilePath = SampleFiles.In(samples).First(),
        },
        cancellationToken);
}
