using Amazon.S3;

namespace Isobar.Remediate;

/// <summary>Failed batches in the data bucket.</summary>
/// <param name="stream">The name of the stream that the batches are from.</param>
public sealed class FailedBatches(IAmazonS3 client, string bucket, string stream) : IFailedBatches
{
    /// <summary>
    /// What the keys begin with that Lambda chooses. Source: AWS Lambda Developer Guide, "Configuring destinations for
    /// failed invocations".
    /// </summary>
    public const string Prefix = "aws/lambda/";

    /// <summary>An event has at most 6 MB, in the object as a text whose quotes are escaped.</summary>
    private const long MaxBytes = 16_000_000;

    private const int MaxKeyLength = 1_024;

    public string Stream => stream;

    public async Task<ReadOnlyMemory<byte>> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || key.Length > MaxKeyLength)
            throw new BatchMissingException(key);
        try
        {
            using var found = await client.GetObjectAsync(bucket, key, cancellationToken);
            if (found.ContentLength > MaxBytes)
                throw new InvalidDataException($"{key} has {found.ContentLength} bytes, over {MaxBytes}.");
            using var content = new MemoryStream((int)found.ContentLength);
            await found.ResponseStream.CopyToAsync(content, cancellationToken);
            return content.ToArray();
        }
        // Without permission to list the bucket, S3 answers 403 for a key that is not there.
        catch (AmazonS3Exception e) when (e.ErrorCode is "NoSuchKey" or "AccessDenied")
        {
            throw new BatchMissingException(key);
        }
    }
}
