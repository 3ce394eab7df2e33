namespace Isobar.Local.Experiments;

/// <summary>An object of S3, or the beginning of several objects' keys.</summary>
internal sealed record S3Place(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>From <c>s3://bucket/key</c>, in which the key may be empty; null for anything else.</summary>
    public static S3Place? TryParse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        var (bucket, key) = text[Scheme.Length..].Split('/', 2) is [var name, var rest]
            ? (name, rest)
            : (text[Scheme.Length..], "");
        return bucket.Length > 0 ? new S3Place(bucket, key) : null;
    }
}
