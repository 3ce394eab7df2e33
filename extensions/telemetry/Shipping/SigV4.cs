using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Telemetry.Shipping;

/// <summary>The credentials, Region and service that a signature is for.</summary>
internal sealed record SigningIdentity(string AccessKeyId, string SecretAccessKey, string Region, string Service);

/// <summary>AWS Signature Version 4 for a request without a query.</summary>
/// <remarks>Source: Amazon S3 API reference, "Authenticating Requests: Using the Authorization Header".</remarks>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <param name="path">The encoded path, as it is sent.</param>
    /// <param name="headers">
    /// The signed headers by lower-case name, including <c>host</c> and <c>x-amz-date</c>.
    /// </param>
    /// <param name="payloadHash">Lower-case hexadecimal SHA-256 of the body.</param>
    /// <returns>The value of the Authorization header.</returns>
    public static string Authorization(
        SigningIdentity identity, DateTimeOffset at, string method, string path,
        SortedDictionary<string, string> headers, string payloadHash)
    {
        var canonical = new StringBuilder().Append(method).Append('\n').Append(path).Append("\n\n");
        foreach (var (name, value) in headers) canonical.Append(name).Append(':').Append(value.Trim()).Append('\n');
        var signed = string.Join(';', headers.Keys);
        canonical.Append('\n').Append(signed).Append('\n').Append(payloadHash);

        var day = at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{identity.Region}/{identity.Service}/aws4_request";
        var text = $"{Algorithm}\n{Instant(at)}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical.ToString()))}";
        var key = Key(identity, day);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return $"{Algorithm} Credential={identity.AccessKeyId}/{scope},SignedHeaders={signed},Signature={signature}";
    }

    /// <summary>The format of the <c>x-amz-date</c> header.</summary>
    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Key(SigningIdentity identity, string day)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + identity.SecretAccessKey);
        foreach (var part in (string[])[day, identity.Region, identity.Service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }
}
