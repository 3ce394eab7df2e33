using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Lineage;

/// <summary>A version of an object in the landing bucket.</summary>
/// <param name="Length">Bytes as stored.</param>
internal sealed record LandedObject(string Bucket, string Key, string VersionId, long Length, DateTimeOffset At)
{
    public string Place => $"s3://{Bucket}/{Key}@{VersionId}";

    /// <summary>The id of the job that reads this version.</summary>
    public string Job => JobOf(Bucket, Key, VersionId);

    /// <summary>
    /// SHA-256 over bucket, key and version id, each in UTF-8 and with its length in four bytes in front, in lower-case
    /// hexadecimal digits. The application's rule, written down here a second time: neither half knows the other.
    /// </summary>
    public static string JobOf(string bucket, string key, string versionId)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in (ReadOnlySpan<string>)[bucket, key, versionId])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Reads what S3 knows of landed versions.</summary>
internal sealed class LandedVersions(IAmazonS3 s3)
{
    /// <summary>Entries of the list of versions that are read to find a key's newest one.</summary>
    private const int MaxVersions = 100;

    /// <returns>Null if there is no such version, or no longer.</returns>
    /// <param name="versionId">Null for the newest.</param>
    public async Task<LandedObject?> FindAsync(
        string bucket, string key, string? versionId, CancellationToken cancellationToken)
    {
        try
        {
            var head = await s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = bucket, Key = key, VersionId = versionId },
                cancellationToken);
            return new LandedObject(
                bucket, key, versionId ?? head.VersionId ?? "null", head.ContentLength,
                new DateTimeOffset((head.LastModified ?? default).ToUniversalTime(), TimeSpan.Zero));
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest
            or HttpStatusCode.MethodNotAllowed)
        {
            // 405 is a delete marker; 400 an id that is none, to a HEAD without a body that would say so.
            return null;
        }
    }

    /// <summary>The newest version of a key.</summary>
    /// <returns>Null if the key is gone, or not among the first versions of the list.</returns>
    public async Task<string?> NewestAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        var listed = await s3.ListVersionsAsync(
            new ListVersionsRequest { BucketName = bucket, Prefix = key, MaxKeys = MaxVersions }, cancellationToken);
        return (listed.Versions ?? [])
            .FirstOrDefault(version => version.Key == key && version.IsLatest == true)?.VersionId;
    }

    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");
}
