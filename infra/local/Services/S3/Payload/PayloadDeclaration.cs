using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Payload;

/// <summary>What a request's headers say about its body, before a byte of it is read.</summary>
/// <param name="Length">Bytes of content: without aws-chunked framing.</param>
/// <param name="IsChunked">Whether the content is in aws-chunked framing.</param>
/// <param name="Md5">What <c>Content-MD5</c> claims.</param>
/// <param name="Sha256">What <c>x-amz-content-sha256</c> claims: lower-case hexadecimal.</param>
/// <param name="Algorithm">The checksum that comes with the body.</param>
/// <param name="Expected">Its value; null when it comes in the trailer.</param>
internal sealed record PayloadDeclaration(
    long Length, bool IsChunked, byte[]? Md5, string? Sha256, ChecksumAlgorithm? Algorithm, byte[]? Expected)
{
    private const string Streaming = "STREAMING-";
    private const string Trailer = "-TRAILER";

    /// <summary>The header fields that this reads, which routes with a body allow.</summary>
    public static IReadOnlyList<string> Headers { get; } =
    [
        "x-amz-decoded-content-length", "x-amz-trailer", "x-amz-sdk-checksum-algorithm", .. ChecksumAlgorithms.Headers,
    ];

    /// <summary>Reads and validates the headers.</summary>
    /// <exception cref="Wire.AwsException">MissingContentLength, EntityTooLarge, InvalidDigest,
    /// InvalidRequest.</exception>
    public static PayloadDeclaration Read(S3Request request, bool ignoreChecksums = false)
    {
        var sha256 = request.Header("x-amz-content-sha256");
        if (sha256 is null && !request.IsPresigned)
            throw S3Errors.InvalidRequest("Missing required header for this request: x-amz-content-sha256");
        var isChunked = sha256?.StartsWith(Streaming, StringComparison.Ordinal) is true;
        var length = ContentBytes(request, isChunked);
        var trailer = isChunked && sha256!.EndsWith(Trailer, StringComparison.Ordinal)
            ? TrailerAlgorithm(request) : null;
        var (algorithm, expected) = ignoreChecksums ? default : HeaderChecksum(request);
        if (algorithm is not null && trailer is not null) throw PayloadErrors.ManyChecksums();
        if (!ignoreChecksums && request.Header("x-amz-sdk-checksum-algorithm") is { } name)
        {
            if (ChecksumAlgorithms.TryParse(name) is null) throw PayloadErrors.UnknownChecksumAlgorithm();
            if ((algorithm ?? trailer) is null) throw PayloadErrors.ChecksumMissing();
        }

        return new PayloadDeclaration(
            length, isChunked, Md5Claim(request), Sha256Claim(sha256), algorithm ?? trailer, expected);
    }

    private static long ContentBytes(S3Request request, bool isChunked)
    {
        var length = isChunked
            ? long.TryParse(request.Header("x-amz-decoded-content-length"), out var decoded) && decoded >= 0 ? decoded
                : null
            : request.Http.Request.ContentLength;
        return length switch
        {
            null when request.Http.Request.Headers.TransferEncoding.Count == 0 && !isChunked => 0,
            null => throw PayloadErrors.MissingContentLength(),
            > S3Limits.MaxPutBytes => throw PayloadErrors.EntityTooLarge(length.Value),
            _ => length.Value,
        };
    }

    private static byte[]? Md5Claim(S3Request request) =>
        request.Header("Content-MD5") is { } text
            ? ChecksumAlgorithms.TryDecode(text, 16) ?? throw PayloadErrors.InvalidDigest(text)
            : null;

    private static string? Sha256Claim(string? header) => header switch
    {
        null or "UNSIGNED-PAYLOAD" or "STREAMING-UNSIGNED-PAYLOAD-TRAILER" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
            or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" or "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"
            or "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" => null,
        { Length: 64 } when header.All(char.IsAsciiHexDigit) => header.ToLowerInvariant(),
        _ => throw PayloadErrors.InvalidSha256Header(header),
    };

    private static (ChecksumAlgorithm?, byte[]?) HeaderChecksum(S3Request request)
    {
        ChecksumAlgorithm[] found =
            [.. ChecksumAlgorithms.All.Where(algorithm => request.Header(algorithm.Header()) is not null)];
        // AWS counts them before it looks at their values (recorded).
        if (found.Length > 1) throw PayloadErrors.ManyChecksums();
        if (found is not [var only]) return default;
        var value = only.TryDecode(request.Header(only.Header())!);
        return (only, value ?? throw PayloadErrors.InvalidChecksumHeader(only.Header()));
    }

    private static ChecksumAlgorithm? TrailerAlgorithm(S3Request request)
    {
        if (request.Header("x-amz-trailer") is not { } name) return null;
        foreach (var algorithm in ChecksumAlgorithms.All)
            if (string.Equals(algorithm.Header(), name, StringComparison.OrdinalIgnoreCase)) return algorithm;
        throw S3Errors.InvalidRequest("The value specified in the x-amz-trailer header is not supported");
    }
}
