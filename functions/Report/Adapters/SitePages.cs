using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Report;

/// <summary>The website's pages in the site bucket.</summary>
/// <remarks>Source: Amazon S3 User Guide, "Conditional writes"; Amazon S3 API Reference, ListObjectsV2, and Object for
/// the entity tag: the MD5 of an object that was put in one piece and is encrypted as buckets do it by default. Where
/// it is anything else, equal pages are written again, and nothing else changes.</remarks>
public sealed class SitePages(IAmazonS3 client, string bucket) : ISitePages
{
    // The distribution's origin path.
    private const string Root = "site/";

    public async Task<string?> TagAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(bucket, Root + path, cancellationToken);
            return head.ETag;
        }
        // The answer to HEAD has no body, and so no error code.
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> TagsAsync(
        string folder, CancellationToken cancellationToken)
    {
        var listed = await client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, Prefix = Root + folder }, cancellationToken);
        return (listed.S3Objects ?? []).ToDictionary(entry => entry.Key[Root.Length..], entry => entry.ETag);
    }

    public async Task<bool> TryWriteAsync(SiteFile file, string? tag, CancellationToken cancellationToken)
    {
        if (tag == TagOf(file.Content)) return true;
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = Root + file.Path,
            ContentType = file.Path.EndsWith(".html", StringComparison.Ordinal)
                ? "text/html; charset=utf-8"
                : "text/plain",
            InputStream = new MemoryStream(file.Content),
            IfMatch = tag,
            IfNoneMatch = tag is null ? "*" : null,
        };
        // Viewers may see a page that is a minute old.
        request.Headers.CacheControl = "max-age=60";
        try
        {
            await client.PutObjectAsync(request, cancellationToken);
            return true;
        }
        // The object changed or is gone, or another write of it is in progress.
        catch (AmazonS3Exception e) when (
            e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        client.DeleteObjectAsync(bucket, Root + path, cancellationToken);

    public async Task<IReadOnlyList<string>> FoldersAsync(
        string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        var listed = await client.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = bucket,
                Prefix = Root + SitePaths.Stations + prefix,
                Delimiter = "/",
                StartAfter = after is null ? null : Root + SitePaths.Stations + after,
                MaxKeys = limit,
            },
            cancellationToken);
        return [.. (listed.CommonPrefixes ?? []).Select(folder => folder[(Root + SitePaths.Stations).Length..^1])];
    }

    // MD5 is S3's choice; nothing is kept secret or signed by it.
    private static string TagOf(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";
}
