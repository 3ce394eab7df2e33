using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Domain;

/// <summary>The id of a job, derived from the object version that it processes.</summary>
public static class JobId
{
    /// <summary>
    /// SHA-256 over bucket, key and version id as 64 lower-case hexadecimal digits. Each field is UTF-8 with its
    /// length in front (4 bytes, big-endian), so different triples never give the same bytes.
    /// </summary>
    public static string From(string bucket, string key, string versionId)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in (ReadOnlySpan<string>)[bucket, key, versionId])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
