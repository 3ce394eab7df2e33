using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>The errors of S3 that concern multipart uploads.</summary>
/// <remarks>Source: Amazon S3 API Reference, CompleteMultipartUpload and CreateMultipartUpload.</remarks>
internal static class MultipartErrors
{
    public static AwsException NoSuchUpload(string uploadId) => new("NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
        + "completed.", 404)
    {
        Elements = [new("UploadId", uploadId)],
    };

    public static AwsException InvalidUploadIdMarker(string marker) =>
        S3Errors.InvalidArgument("Invalid uploadId marker", "upload-id-marker", marker);

    public static AwsException InvalidPartNumber(string value) => S3Errors.InvalidArgument(
        $"Part number must be an integer between 1 and {S3Limits.MaxPartNumber}, inclusive", "partNumber", value);

    public static AwsException InvalidPartOrder(string uploadId) => new("InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.")
    {
        Elements = [new("UploadId", uploadId)],
    };

    public static AwsException InvalidPart(string uploadId, NamedPart part) => new("InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
        + "entity tag may not match the part's entity tag.")
    {
        Elements = [new("UploadId", uploadId), new("PartNumber", $"{part.Number}"), new("ETag", part.ETag)],
    };

    public static AwsException EntityTooSmall(UploadedPart part) => new("EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size")
    {
        Elements =
        [
            new("ProposedSize", $"{part.Blob.Length}"), new("MinSizeAllowed", $"{S3Limits.MinPartBytes}"),
            new("PartNumber", $"{part.Number}"), new("ETag", part.ETag),
        ],
    };

    public static AwsException BadPartDigest(ChecksumAlgorithm algorithm, int part) => new("BadDigest",
        $"The {algorithm.ApiName().ToLowerInvariant()} you specified for part {part} did not match what we received.");

    public static AwsException BadObjectDigest(ChecksumAlgorithm algorithm) => new("BadDigest",
        $"The {algorithm.ApiName().ToLowerInvariant()} you specified did not match the calculated checksum.");

    public static AwsException PartChecksumMissing(ChecksumAlgorithm algorithm, int part) => S3Errors.InvalidRequest(
        $"The upload was created using a {algorithm.ApiName().ToLowerInvariant()} checksum. The complete request must "
        + $"include the checksum for each part. It was missing for part {part} in the request.");

    public static AwsException PartChecksumDiffers(ChecksumAlgorithm algorithm, ChecksumAlgorithm upload) =>
        S3Errors.InvalidRequest(
            $"Checksum Type mismatch occurred, expected checksum Type: {upload.ApiName().ToLowerInvariant()}, "
            + $"actual checksum Type: {algorithm.ApiName().ToLowerInvariant()}");

    public static AwsException OtherChecksumType(bool isComposite) => S3Errors.InvalidRequest(
        $"The upload was created using the {(isComposite ? "COMPOSITE" : "FULL_OBJECT")} checksum mode. "
        + "The complete request must use the same checksum mode.");

    public static AwsException ChecksumTypeAlone() => S3Errors.InvalidRequest(
        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");

    public static AwsException ChecksumTypeUnfit(string type, ChecksumAlgorithm algorithm) => S3Errors.InvalidRequest(
        $"The {type} checksum type cannot be used with the {algorithm.ApiName().ToLowerInvariant()} checksum "
        + "algorithm.");

    public static AwsException OtherObjectSize(long claimed, long computed) => S3Errors.InvalidRequest(
        $"The provided 'x-amz-mp-object-size' header value {claimed} does not match what was computed: {computed}");
}
