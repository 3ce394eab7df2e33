using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Payload;

/// <summary>The errors of S3 that concern the bytes of a body.</summary>
/// <remarks>Source: Amazon S3 API Reference, "Error responses" and "Checking object integrity".</remarks>
internal static class PayloadErrors
{
    public static AwsException MissingContentLength() =>
        new("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);

    public static AwsException IncompleteBody() => new("IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static AwsException EntityTooLarge(long size) => new("EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size")
    {
        Elements = [new("ProposedSize", $"{size}"), new("MaxSizeAllowed", $"{S3Limits.MaxPutBytes}")],
    };

    public static AwsException MalformedChunk() =>
        S3Errors.InvalidRequest("The chunked encoding of the body is malformed.");

    public static AwsException MalformedTrailer() => new("MalformedTrailerError",
        "The request contained trailing data that was not well-formed or did not conform to our published schema.");

    public static AwsException InvalidDigest(string value) =>
        new("InvalidDigest", "The Content-MD5 you specified was invalid.") { Elements = [new("Content-MD5", value)] };

    /// <param name="ofObject">Of a whole object, AWS repeats the digest it was given in hexadecimal digits.</param>
    public static AwsException BadMd5(byte[] expected, byte[] calculated, bool ofObject) => new("BadDigest",
        "The Content-MD5 you specified did not match what we received.")
    {
        Elements =
        [
            new("ExpectedDigest",
                ofObject ? Convert.ToHexStringLower(expected) : Convert.ToBase64String(expected)),
            new("CalculatedDigest", Convert.ToBase64String(calculated)),
        ],
    };

    public static AwsException BadChecksum(ChecksumAlgorithm algorithm) => new("BadDigest",
        $"The {algorithm.ApiName()} you specified did not match the calculated checksum.");

    public static AwsException InvalidChecksumHeader(string header) =>
        S3Errors.InvalidRequest($"Value for {header} header is invalid.");

    public static AwsException ManyChecksums() => S3Errors.InvalidRequest(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");

    public static AwsException ChecksumMissing() => S3Errors.InvalidRequest(
        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers "
        + "were found.");

    public static AwsException UnknownChecksumAlgorithm() => S3Errors.InvalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
        + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");

    public static AwsException Sha256Mismatch(string expected, string calculated) => new("XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.")
    {
        Elements = [new("ClientComputedContentSHA256", expected), new("S3ComputedContentSHA256", calculated)],
    };

    public static AwsException InvalidSha256Header(string value) => S3Errors.InvalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
        + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
        + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER "
        + "or a valid sha256 value.", "x-amz-content-sha256", value);
}
