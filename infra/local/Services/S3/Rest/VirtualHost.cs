namespace Isobar.Local.Services.S3.Rest;

/// <summary>The bucket that a Host header names, as in <c>http://bucket.s3.us-east-1.localhost:4580/key</c>.</summary>
/// <remarks>
/// <c>s3.us-east-1.localhost</c> stands for <c>s3.us-east-1.amazonaws.com</c>. An SDK that is given an endpoint without
/// the service's name, such as <c>http://localhost:4580</c>, puts the bucket directly before it:
/// <c>bucket.localhost</c>. Source: Amazon S3 User Guide, "Virtual hosting of buckets".
/// </remarks>
internal static class VirtualHost
{
    private const string Domain = ".localhost";
    private const string Service = "s3";

    /// <param name="host">A host name without its port.</param>
    /// <returns>The bucket; null when the path names it.</returns>
    public static string? BucketOf(string host)
    {
        if (!host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)) return null;
        var labels = host[..^Domain.Length].ToLowerInvariant().Split('.');
        // The host ends in "s3" or in "s3" and a Region. What stands before that is the bucket, which may have dots.
        var service = labels[^1] == Service ? labels.Length - 1
            : labels.Length > 1 && labels[^2] == Service ? labels.Length - 2
            : labels.Length;
        return service == 0 ? null : string.Join('.', labels[..service]);
    }
}
