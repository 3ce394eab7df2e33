namespace Isobar.Telemetry;

/// <summary>The bucket that batches are shipped to, and the function's credentials for it.</summary>
/// <param name="Endpoint">The address of another object store; null for the Region's own.</param>
internal sealed record BucketSettings(
    string Bucket, string Region, Uri? Endpoint, string AccessKeyId, string SecretAccessKey, string? SessionToken)
{
    /// <param name="problems">Told what is wrong with them.</param>
    /// <returns>Null if there is no bucket, or it can't be reached with what is there.</returns>
    public static BucketSettings? Read(Func<string, string?> variable, Action<string> problems)
    {
        if (variable("TELEMETRY_BUCKET") is not { Length: > 0 } bucket) return null;
        foreach (var name in (string[])["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
        {
            if (!string.IsNullOrEmpty(variable(name))) continue;
            problems($"{name} is not set: nothing goes to the bucket");
            return null;
        }

        var endpoint = variable("AWS_ENDPOINT_URL_S3") ?? variable("AWS_ENDPOINT_URL");
        Uri? address = null;
        if (!string.IsNullOrEmpty(endpoint) && !Uri.TryCreate(endpoint, UriKind.Absolute, out address))
        {
            problems("the endpoint of S3 is not an address: nothing goes to the bucket");
            return null;
        }

        return new BucketSettings(
            bucket, variable("AWS_REGION")!, address, variable("AWS_ACCESS_KEY_ID")!,
            variable("AWS_SECRET_ACCESS_KEY")!, variable("AWS_SESSION_TOKEN"));
    }
}
