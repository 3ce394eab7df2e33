using System.Security.Cryptography;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Payload;

/// <summary>What was computed over a body.</summary>
internal sealed record ContentDigests(byte[] Md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]> Checksums)
{
    /// <summary>The MD5 in lower-case hexadecimal: the ETag of an object put in one piece, without its
    /// quotes.</summary>
    public string ETag => Convert.ToHexStringLower(Md5);

    public Checksum Checksum(ChecksumAlgorithm algorithm) =>
        new(algorithm, Convert.ToBase64String(Checksums[algorithm]));
}

/// <summary>Computes the MD5 and the wanted checksums of a body in one pass.</summary>
internal sealed class ContentDigest : IDisposable
{
    private readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash? sha1;
    private readonly IncrementalHash? sha256;
    private readonly (ChecksumAlgorithm Algorithm, Crc Crc)[] crcs;
    private readonly ulong[] values;

    public ContentDigest(params IEnumerable<ChecksumAlgorithm> algorithms)
    {
        var wanted = algorithms.Distinct().ToArray();
        if (wanted.Contains(ChecksumAlgorithm.Sha1)) sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        if (wanted.Contains(ChecksumAlgorithm.Sha256)) sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        crcs = [.. wanted.Where(algorithm => algorithm.IsCrc()).Select(algorithm => (algorithm, Of(algorithm)))];
        values = new ulong[crcs.Length];
    }

    /// <summary>The cyclic redundancy check behind an algorithm.</summary>
    public static Crc Of(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => Crc.Crc32,
        ChecksumAlgorithm.Crc32C => Crc.Crc32C,
        ChecksumAlgorithm.Crc64Nvme => Crc.Crc64Nvme,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "This algorithm is no CRC."),
    };

    public void Append(ReadOnlySpan<byte> bytes)
    {
        md5.AppendData(bytes);
        sha1?.AppendData(bytes);
        sha256?.AppendData(bytes);
        for (var i = 0; i < crcs.Length; i++) values[i] = crcs[i].Crc.Append(values[i], bytes);
    }

    /// <summary>The results; nothing can be appended after this.</summary>
    public ContentDigests Finish()
    {
        var checksums = new Dictionary<ChecksumAlgorithm, byte[]>();
        if (sha1 is not null) checksums[ChecksumAlgorithm.Sha1] = sha1.GetHashAndReset();
        if (sha256 is not null) checksums[ChecksumAlgorithm.Sha256] = sha256.GetHashAndReset();
        for (var i = 0; i < crcs.Length; i++) checksums[crcs[i].Algorithm] = crcs[i].Crc.ToBytes(values[i]);
        return new ContentDigests(md5.GetHashAndReset(), checksums);
    }

    public void Dispose()
    {
        md5.Dispose();
        sha1?.Dispose();
        sha256?.Dispose();
    }
}
