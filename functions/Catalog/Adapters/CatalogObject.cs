using System.Net;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Catalog;

/// <summary><c>site/catalog.json</c>, written by whoever read what it replaces.</summary>
/// <remarks>Source: Amazon S3 User Guide, conditional writes.</remarks>
public sealed class CatalogObject(IAmazonS3 client, string bucket) : ICatalogObject
{
    public const string Key = "site/catalog.json";

    public async Task<(CatalogDocument Document, string? Tag)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetObjectAsync(bucket, Key, cancellationToken);
            var document = await JsonSerializer.DeserializeAsync(
                answer.ResponseStream, CatalogJson.Default.CatalogDocument, cancellationToken);
            return (document ?? throw new InvalidDataException($"{Key} is null."), answer.ETag);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return (CatalogDocument.Empty, null);
        }
    }

    public async Task<bool> TryWriteAsync(CatalogDocument document, string? tag, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = Key,
            ContentType = "application/json",
            InputStream = new MemoryStream(
                JsonSerializer.SerializeToUtf8Bytes(document, CatalogJson.Default.CatalogDocument)),
            IfMatch = tag,
            IfNoneMatch = tag is null ? "*" : null,
        };
        // What viewers see may be this old.
        request.Headers.CacheControl = "max-age=60";
        try
        {
            await client.PutObjectAsync(request, cancellationToken);
            return true;
        }
        // The condition failed, or another write of the key is under way.
        catch (AmazonS3Exception e) when (
            e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
    }
}
