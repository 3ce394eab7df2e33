using System.Security.Cryptography;
using System.Text;

namespace Isobar.Domain;

/// <summary>The id of a source: of a landed object, whatever its version.</summary>
public static class SourceId
{
    /// <summary>
    /// The first 32 lower-case hexadecimal digits of the SHA-256 of bucket, line feed and key in UTF-8. A bucket's name
    /// has no line feed, so two sources never give the same bytes.
    /// </summary>
    public static string Of(string bucket, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}\n{key}")).AsSpan(0, 16));
}
