using System.Net;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Catalog;

/// <summary>Lists of files in the site bucket.</summary>
/// <remarks>Source: Amazon S3 User Guide, conditional writes.</remarks>
public sealed class SiteLists(IAmazonS3 client, string bucket) : ISiteLists
{
    /// <exception cref="InvalidDataException">The object is not a list of files; it is left as it is.</exception>
    public async Task<(FileList List, string? Tag)> ReadAsync(string objectKey, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetObjectAsync(bucket, objectKey, cancellationToken);
            var list = await JsonSerializer.DeserializeAsync(
                response.ResponseStream, CatalogJson.Default.FileList, cancellationToken);
            if (list?.Files is null) throw NotAList(objectKey, null);
            return (list, response.ETag);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return (FileList.Empty, null);
        }
        catch (JsonException e)
        {
            throw NotAList(objectKey, e);
        }
    }

    public async Task<bool> TryWriteAsync(
        string objectKey, FileList list, string? tag, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = objectKey,
            ContentType = "application/json",
            InputStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Default.FileList)),
            IfMatch = tag,
            IfNoneMatch = tag is null ? "*" : null,
        };
        // Viewers may see a list that is a minute old.
        request.Headers.CacheControl = "max-age=60";
        try
        {
            await client.PutObjectAsync(request, cancellationToken);
            return true;
        }
        // The object changed, or another write of it is in progress.
        catch (AmazonS3Exception e) when (
            e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private InvalidDataException NotAList(string objectKey, Exception? inner) => new(
        $"s3://{bucket}/{objectKey} is not a list of files. Delete it, and the next change writes a new one.", inner);
}
