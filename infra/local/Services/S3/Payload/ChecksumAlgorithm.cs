namespace Isobar.Local.Services.S3.Payload;

/// <summary>The checksums that S3 verifies and keeps.</summary>
internal enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}

/// <summary>A checksum as S3 stores and shows it.</summary>
/// <param name="Value">Base64; a composite one (a checksum of the parts' checksums) ends in <c>-</c> and the number of
/// parts.</param>
internal sealed record Checksum(ChecksumAlgorithm Algorithm, string Value, bool IsComposite = false)
{
    /// <summary>What <c>x-amz-checksum-type</c> says.</summary>
    public string Type => IsComposite ? "COMPOSITE" : "FULL_OBJECT";
}

internal static class ChecksumAlgorithms
{
    public static IReadOnlyList<ChecksumAlgorithm> All { get; } = Enum.GetValues<ChecksumAlgorithm>();

    /// <summary>The headers that carry a checksum, one for each algorithm.</summary>
    public static IReadOnlyList<string> Headers { get; } = [.. All.Select(algorithm => algorithm.Header())];

    /// <summary>As the API spells it: <c>CRC64NVME</c>.</summary>
    public static string ApiName(this ChecksumAlgorithm algorithm) => algorithm.ToString().ToUpperInvariant();

    /// <summary>For example <c>x-amz-checksum-crc32c</c>.</summary>
    public static string Header(this ChecksumAlgorithm algorithm) =>
        "x-amz-checksum-" + algorithm.ToString().ToLowerInvariant();

    /// <summary>For example <c>ChecksumSHA256</c>.</summary>
    public static string Element(this ChecksumAlgorithm algorithm) => "Checksum" + algorithm.ApiName();

    public static bool IsCrc(this ChecksumAlgorithm algorithm) =>
        algorithm is ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme;

    /// <summary>How many bytes its values have.</summary>
    public static int ByteCount(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc64Nvme => 8,
        ChecksumAlgorithm.Sha1 => 20,
        ChecksumAlgorithm.Sha256 => 32,
        _ => 4,
    };

    /// <returns>Null when S3 knows no such algorithm.</returns>
    public static ChecksumAlgorithm? TryParse(string apiName)
    {
        foreach (var algorithm in All)
            if (string.Equals(algorithm.ApiName(), apiName, StringComparison.OrdinalIgnoreCase)) return algorithm;
        return null;
    }

    /// <returns>The bytes of a base64 value, or null when they are not as many as the algorithm has.</returns>
    public static byte[]? TryDecode(this ChecksumAlgorithm algorithm, string value) =>
        TryDecode(value, algorithm.ByteCount());

    /// <returns>The bytes of a base64 text, or null when they are not exactly so many.</returns>
    public static byte[]? TryDecode(string base64, int byteCount)
    {
        var bytes = new byte[byteCount + 3];
        return Convert.TryFromBase64String(base64, bytes, out var written) && written == byteCount ? bytes[..written]
            : null;
    }
}
