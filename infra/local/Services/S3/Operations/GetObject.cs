using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Returns an object or a range of it; for HeadObject, without the bytes.</summary>
/// <remarks>Source: Amazon S3 API Reference, GetObject and HeadObject.</remarks>
internal sealed class GetObject(S3Store store, BlobFiles files)
{
    public static readonly string[] Query = ["versionId", "partNumber", .. ObjectHeaders.Overrides];

    public static readonly string[] Headers = ["Range", "x-amz-checksum-mode", .. ReadConditions.Headers];

    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
    /// that is named, PreconditionFailed, 304, InvalidRange.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var versionId = request.VersionId();
        var (found, isVersioned, now) = store.Ask((state, now) => (
            state.Open(request.Bucket, request.Key, versionId),
            state.Bucket(request.Bucket).Versioning != Versioning.Off, now));
        try
        {
            var version = Existing(request, found, versionId);
            ReadConditions.Check(request, version, now);
            var range = RangeOf(request, version);
            WriteHead(request, version, range, isVersioned);
            if (request.IsHead) return;
            var body = request.Http.Response.Body;
            await files.ReadAsync(
                version.Content.Blobs, range.Offset, range.Length,
                bytes => body.WriteAsync(bytes, request.Http.RequestAborted), request.Http.RequestAborted);
        }
        finally
        {
            if (found is not null) store.Post((state, _) => state.Blobs.Release(found.Content.Blobs));
        }
    }

    /// <summary>The version, unless it is a delete marker or nothing.</summary>
    public static ObjectVersion Existing(S3Request request, ObjectVersion? found, string? versionId) => found switch
    {
        null when versionId is null => throw S3Errors.NoSuchKey(request.Key),
        null => throw S3Errors.NoSuchVersion(request.Key, versionId),
        { IsDeleteMarker: true } when versionId is null => throw S3Errors.NoSuchKey(
            request.Key, [new("x-amz-delete-marker", "true"), new("x-amz-version-id", found.VersionId)]),
        { IsDeleteMarker: true } => throw S3Errors.VersionIsDeleteMarker(request.Http.Request.Method, found.VersionId),
        _ => found,
    };

    private static ByteRange RangeOf(S3Request request, ObjectVersion version)
    {
        if (request.Query("partNumber") is null) return ByteRange.Of(request.Header("Range"), version.Content.Size);
        if (request.Header("Range") is not null)
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        var part = request.Number("partNumber", 0);
        if (part is < 1 or > S3Limits.MaxPartNumber)
            throw MultipartErrors.InvalidPartNumber(request.Query("partNumber")!);
        var blobs = version.Content.Blobs;
        if (part > blobs.Count) throw S3Errors.InvalidPartNumber(part, blobs.Count);
        if (version.Content.IsMultipart) request.SetHeader("x-amz-mp-parts-count", $"{blobs.Count}");
        return new ByteRange(blobs.Take(part - 1).Sum(blob => blob.Length), blobs[part - 1].Length, IsPart: true);
    }

    private static void WriteHead(S3Request request, ObjectVersion version, ByteRange range, bool isVersioned)
    {
        ObjectHeaders.Write(request, version, isVersioned);
        var isWhole = range.Length == version.Content.Size;
        if (isWhole && string.Equals(request.Header("x-amz-checksum-mode"), "ENABLED",
            StringComparison.OrdinalIgnoreCase))
            ObjectHeaders.Write(request, version.Content.Checksum);
        var response = request.Http.Response;
        response.StatusCode = range.IsPart ? 206 : 200;
        response.ContentLength = range.Length;
        if (range.IsPart)
            response.Headers.ContentRange = range.Length == 0
                ? $"bytes */{version.Content.Size}"
                : $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{version.Content.Size}";
    }
}
