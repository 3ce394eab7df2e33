using Amazon.S3.Model;

namespace Isobar.Local.Tour;

/// <summary>Puts files into the landing bucket, as anyone would.</summary>
internal sealed class Landing(StackClients clients)
{
    public async Task<LandedVersion> PutAsync(string file, string key, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return await PutAsync(content, key, cancellationToken);
    }

    public async Task<LandedVersion> PutAsync(Stream content, string key, CancellationToken cancellationToken)
    {
        var answer = await clients.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = clients.LandingBucket, Key = key, InputStream = content },
            cancellationToken);
        return new LandedVersion(key, answer.VersionId);
    }
}
