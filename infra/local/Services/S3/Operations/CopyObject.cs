using Isobar.Local.History;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Writes an object with the bytes of another; both share the stored bytes.</summary>
/// <remarks>Source: Amazon S3 API Reference, CopyObject.</remarks>
internal sealed class CopyObject(S3Store store, BlobFiles files, Journal journal)
{
    public const string Source = "x-amz-copy-source";
    private const string EventName = "ObjectCreated:Copy";

    public static readonly string[] Headers =
    [
        "x-amz-metadata-directive", "x-amz-checksum-algorithm", .. WriteCondition.Headers, .. ObjectHeaders.PutHeaders,
        .. ReadConditions.CopyHeaders,
    ];

    /// <summary>The permission to read what is copied.</summary>
    public static ResourceAction ReadAction(S3Request request)
    {
        var source = CopySource.Read(request.Header(Source)!);
        return request.Scope.On(
            source.VersionId is null ? "GetObject" : "GetObjectVersion", $"arn:aws:s3:::{source.Bucket}/{source.Key}");
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchKey, InvalidRequest, InvalidArgument,
    /// PreconditionFailed.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var source = CopySource.Read(request.Header(Source)!);
        var replaces = Replaces(request);
        var metadata = ObjectHeaders.Read(request);
        var condition = WriteCondition.Read(request);
        store.Post((state, _) => state.Bucket(request.Bucket));
        var (found, isVersioned, now) = store.Ask((state, now) => (
            state.Open(source.Bucket, source.Key, source.VersionId),
            state.Bucket(source.Bucket).Versioning != Versioning.Off, now));
        try
        {
            var original = source.Existing(found);
            ReadConditions.Check(request, original, now, ofCopySource: true);
            var algorithm = Algorithm(request);
            if (!replaces && algorithm is null && request.Header("x-amz-storage-class") is null
                && source.VersionId is null
                && source.Bucket == request.Bucket && source.Key == request.Key) throw S3Errors.CopyToItself();
            var content = await ContentAsync(
                request, original.Content, replaces ? metadata : original.Content.Metadata, algorithm);
            var (version, keepsVersions) = store.Ask((state, instant) => (
                state.Put(request.Bucket, request.Key, content, EventName, condition, request.Requester, instant),
                state.Bucket(request.Bucket).Versioning == Versioning.Enabled));

            journal.Record(new ObjectCreated(request.Bucket, request.Key, version.VersionId, EventName, content.Size));
            if (isVersioned) request.SetHeader("x-amz-copy-source-version-id", original.VersionId);
            if (keepsVersions) request.SetHeader("x-amz-version-id", version.VersionId);
            await AnswerAsync(request, version);
        }
        finally
        {
            if (found is not null) store.Post((state, _) => state.Blobs.Release(found.Content.Blobs));
        }
    }

    private static bool Replaces(S3Request request) => request.Header("x-amz-metadata-directive") switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Errors.InvalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", other),
    };

    private static ChecksumAlgorithm? Algorithm(S3Request request) =>
        request.Header("x-amz-checksum-algorithm") is { } name
            ? ChecksumAlgorithms.TryParse(name) ?? throw PayloadErrors.UnknownChecksumAlgorithm()
            : null;

    // A copy has one part, so ETag and checksum that were computed by parts are computed again over all bytes.
    private async Task<ObjectContent> ContentAsync(
        S3Request request, ObjectContent original, ObjectMetadata metadata, ChecksumAlgorithm? wanted)
    {
        if (original.Size > S3Limits.MaxPutBytes)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: "
                + S3Limits.MaxPutBytes);
        var algorithm = wanted ?? original.Checksum?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        if (!original.IsMultipart && original.Checksum?.Algorithm == algorithm)
            return original with { Metadata = metadata };
        using var digest = new ContentDigest(algorithm);
        await files.ReadAsync(original.Blobs, 0, original.Size, bytes =>
        {
            digest.Append(bytes.Span);
            return ValueTask.CompletedTask;
        }, request.Http.RequestAborted);
        var digests = digest.Finish();
        return new ObjectContent(original.Blobs, digests.ETag, digests.Checksum(algorithm), metadata);
    }

    private static Task AnswerAsync(S3Request request, ObjectVersion version) =>
        request.AnswerAsync("CopyObjectResult", xml =>
        {
            xml.WriteElementString("LastModified", S3Xml.Instant(version.LastModified));
            xml.WriteElementString("ETag", $"\"{version.Content.ETag}\"");
            if (version.Content.Checksum is not { } checksum) return;
            xml.WriteElementString(checksum.Algorithm.Element(), checksum.Value);
            xml.WriteElementString("ChecksumType", checksum.Type);
        });
}
