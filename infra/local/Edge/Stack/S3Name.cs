namespace Isobar.Local.Edge.Stack;

/// <summary>A bucket, as a domain name says it.</summary>
/// <param name="Region">Null where the name has none.</param>
internal sealed record S3Name(string Bucket, string? Region)
{
    private const string End = ".amazonaws.com";

    /// <returns>Null when it is no bucket's domain name.</returns>
    public static S3Name? Parse(string domain)
    {
        if (!domain.EndsWith(End, StringComparison.Ordinal)) return null;
        var name = domain[..^End.Length];
        if (name.EndsWith(".s3", StringComparison.Ordinal) && name.Length > ".s3".Length)
            return new S3Name(name[..^".s3".Length], null);
        return name.Split(".s3.", 2) is [{ Length: > 0 } bucket, { Length: > 0 } region]
            ? new S3Name(bucket, region)
            : null;
    }
}
