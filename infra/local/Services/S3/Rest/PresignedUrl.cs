using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>Checks whether a presigned URL has expired: in real time, so that a jump of service time does not end
/// it.</summary>
/// <remarks>
/// Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters"; for the older scheme, which
/// version
/// 1 of the AWS CLI still makes, Amazon S3 User Guide, "Signing and authenticating REST requests".
/// </remarks>
internal static class PresignedUrl
{
    private static readonly string[] OlderParameters = ["AWSAccessKeyId", "Signature", "Expires"];

    private static readonly string[] Parameters =
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders",
            "X-Amz-Expires"];

    /// <exception cref="AwsException">AuthorizationQueryParametersError, or AccessDenied outside of its
    /// life.</exception>
    public static void Check(IReadOnlyDictionary<string, string> query, DateTimeOffset now)
    {
        if (!Parameters.All(query.ContainsKey))
            throw Malformed("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        if (query["X-Amz-Algorithm"] != "AWS4-HMAC-SHA256")
            throw Malformed("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
        if (!DateTimeOffset.TryParseExact(query["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
            throw Malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        var life = query["X-Amz-Expires"];
        if (!long.TryParse(life, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw Malformed("X-Amz-Expires should be a number");
        if (seconds < 1) throw Malformed("X-Amz-Expires must be non-negative");
        if (seconds > (long)S3Limits.MaxPresignedLife.TotalSeconds)
            throw Malformed(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be "
                + "less than 604800 seconds");
        if (date > now + S3Limits.MaxPresignedSkew) throw S3Errors.AccessDenied("Request is not valid yet");
        var expires = date + TimeSpan.FromSeconds(seconds);
        if (now > expires) throw S3Errors.RequestHasExpired(life, expires, now);
    }

    /// <summary>Whether a URL is signed by Signature Version 2.</summary>
    public static bool IsOlder(IReadOnlyDictionary<string, string> query) => OlderParameters.Any(query.ContainsKey);

    /// <summary>The same for Signature Version 2.</summary>
    /// <exception cref="AwsException">AccessDenied: parameters are missing, or its life is over.</exception>
    public static void CheckOlder(IReadOnlyDictionary<string, string> query, DateTimeOffset now)
    {
        if (!OlderParameters.All(query.ContainsKey))
            throw S3Errors.AccessDenied(
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters");
        if (!long.TryParse(query["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw S3Errors.AccessDenied($"Invalid date (should be seconds since epoch): {query["Expires"]}");
        var expires = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (now > expires) throw S3Errors.RequestHasExpired(null, expires, now);
    }

    private static AwsException Malformed(string message) => S3Errors.AuthorizationQueryParameters(message);
}
