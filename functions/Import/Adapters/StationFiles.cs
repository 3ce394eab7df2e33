using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Import;

/// <summary>Copies with CopyObject, so the file's bytes do not pass through the function.</summary>
/// <param name="openData">The bucket of the open data; it may belong to another account.</param>
/// <param name="landing">The landing bucket; it has versioning.</param>
public sealed class StationFiles(IAmazonS3 client, string openData, string landing) : IStationFiles
{
    private const string ImportId = "import-id";

    public async Task<string?> FindLandedAsync(string key, string importId, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = landing, Key = key }, cancellationToken);
            return head.Metadata[ImportId] == importId ? head.VersionId : null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<string> CopyAsync(string key, string importId, CancellationToken cancellationToken)
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = openData,
            SourceKey = key,
            DestinationBucket = landing,
            DestinationKey = key,
            ContentType = "text/csv",
            MetadataDirective = S3MetadataDirective.REPLACE,
        };
        request.Metadata[ImportId] = importId;
        try
        {
            var answer = await client.CopyObjectAsync(request, cancellationToken);
            return answer.VersionId ?? throw new InvalidDataException($"Versioning is off in bucket {landing}.");
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            throw new UnknownStationException(openData, key);
        }
    }
}
