using System.Net;

namespace Isobar.Local.Services.S3;

/// <summary>The rules of bucket names.</summary>
/// <remarks>Source: Amazon S3 User Guide, "General purpose bucket naming rules".</remarks>
internal static class BucketName
{
    private static readonly string[] ForbiddenPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ForbiddenSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !(name.Split('.').Length == 4 && IPAddress.TryParse(name, out _))
        && !ForbiddenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && !ForbiddenSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));
}
