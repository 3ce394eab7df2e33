using System.Text.RegularExpressions;

namespace Isobar.Local.Wire;

/// <summary>The credential scope of a SigV4 request: <c>AKID/20260101/us-east-1/s3/aws4_request</c>.</summary>
/// <remarks>
/// Signatures are not verified (a listed difference from AWS); the scope only says which service is meant.
/// Source: AWS Signature Version 4, "Create a signed AWS API request".
/// </remarks>
internal sealed partial record SignatureScope(string AccessKey, string Region, string Service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Reads the scope from the Authorization header or, for a presigned URL, from the query.</summary>
    /// <returns>Null when the request is unsigned.</returns>
    /// <exception cref="AwsException">IncompleteSignature: the credential scope is malformed;
    /// SignatureDoesNotMatch: it names no Region.</exception>
    public static SignatureScope? Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            if (!header.StartsWith(Algorithm, StringComparison.Ordinal)) return null;
            var start = header.IndexOf("Credential=", StringComparison.Ordinal);
            if (start < 0) throw Incomplete("Authorization header requires 'Credential' parameter.");
            var value = header.AsSpan(start + "Credential=".Length);
            var end = value.IndexOfAny(',', ' ');
            return Parse(end < 0 ? value : value[..end]);
        }

        return request.Query.TryGetValue("X-Amz-Credential", out var credential) ? Parse(credential.ToString()) : null;
    }

    private static SignatureScope Parse(ReadOnlySpan<char> credential)
    {
        // An access key may hold slashes; the four parts behind it may not.
        var accessKey = credential;
        return CutLast(ref accessKey, out var terminator) && terminator is "aws4_request"
            && CutLast(ref accessKey, out var service) && service.Length > 0
            && CutLast(ref accessKey, out var region) && region.Length > 0
            && CutLast(ref accessKey, out _)
            ? new SignatureScope(accessKey.ToString(), Checked(region), service.ToString())
            : throw Incomplete("Credential must have exactly 5 slash-delimited elements, "
                + "e.g. keyid/date/region/service/aws4_request.");
    }

    private static bool CutLast(ref ReadOnlySpan<char> parts, out ReadOnlySpan<char> last)
    {
        var slash = parts.LastIndexOf('/');
        last = parts[(slash + 1)..];
        parts = slash < 0 ? default : parts[..slash];
        return slash >= 0;
    }

    private static string Checked(ReadOnlySpan<char> region) => RegionName().IsMatch(region)
        ? region.ToString()
        : throw new AwsException("SignatureDoesNotMatch", "Credential should be scoped to a valid region.", 403);

    // The form of a Region's name: us-east-1, us-gov-west-1.
    [GeneratedRegex(@"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RegionName();

    private static AwsException Incomplete(string message) => new("IncompleteSignature", message, 400);
}
