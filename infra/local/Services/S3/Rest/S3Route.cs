using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>What a path names.</summary>
internal enum ResourceLevel
{
    Service,
    Bucket,
    Object,
}

/// <summary>How one API action is recognized, and the parameters and headers that it understands; any other is
/// refused.</summary>
/// <param name="Action">As IAM spells it, without the service: <c>ListBucket</c>.</param>
internal sealed record S3Route(ResourceLevel Level, string Method, string Action, Func<S3Request, Task> Handle)
{
    // Parameters of every signed or presigned request, and of every SDK.
    private static readonly HashSet<string> CommonQuery = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
        "X-Amz-Security-Token", "X-Amz-Content-Sha256", "X-Amz-User-Agent", "x-id",
        "AWSAccessKeyId", "Signature", "Expires",
    };

    private static readonly HashSet<string> CommonHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent", "x-amz-te",
        "x-amz-expected-bucket-owner", "x-amz-api-version",
    };

    // Header fields without the prefix that would change what a request means.
    private static readonly string[] Meaningful =
        ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Range"];

    /// <summary>Parameters that must be there, such as <c>versioning</c>.</summary>
    public string[] Markers { get; init; } = [];

    /// <summary>A header that must be there, such as <c>x-amz-copy-source</c>.</summary>
    public string? MarkerHeader { get; init; }

    /// <summary>Parameters that may be there.</summary>
    public string[] Query { get; init; } = [];

    /// <summary>Headers that may be there, of those that begin with <c>x-amz-</c> or make a request
    /// conditional.</summary>
    public IReadOnlyCollection<string> Headers { get; init; } = [];

    /// <summary>Whether <c>x-amz-meta-</c> headers may be there.</summary>
    public bool TakesMetadata { get; init; }

    /// <summary>What the request reads besides, such as the source of a copy.</summary>
    public Func<S3Request, ResourceAction>? AlsoReads { get; init; }

    /// <summary>What the request stands for; a version that is named has actions of its own.</summary>
    /// <remarks>
    /// Source: Service Authorization Reference, Amazon S3. The keys of DeleteObjects and of a form are in the body,
    /// which is not read yet: all objects of the bucket stand for them.
    /// </remarks>
    public IEnumerable<ResourceAction> Actions(S3Request request, CallScope scope)
    {
        if (Level == ResourceLevel.Service) yield break;
        var action = Action is "GetObject" or "DeleteObject" && request.Query("versionId") is not null
            ? Action + "Version"
            : Action;
        var isObject = Level == ResourceLevel.Object || Action is "DeleteObject" or "PutObject";
        var key = Level == ResourceLevel.Object ? request.Key : "*";
        yield return scope.On(action, $"arn:aws:s3:::{request.Bucket}{(isObject ? $"/{key}" : "")}");
        if (AlsoReads is not null) yield return AlsoReads(request);
    }

    public bool Matches(ResourceLevel level, S3Request request) =>
        Level == level && Method == request.Http.Request.Method && Markers.All(request.Target.Query.ContainsKey)
        && (MarkerHeader is null || request.Header(MarkerHeader) is not null);

    /// <remarks>A URL of the older signature may repeat the headers Content-Type and Content-MD5, which it
    /// signs.</remarks>
    /// <exception cref="AwsException">NotImplemented: a parameter or header that this action does not
    /// understand.</exception>
    public void RefuseOthers(S3Request request)
    {
        foreach (var (name, value) in request.Target.Query)
        {
            if (Markers.Contains(name) || Query.Contains(name) || CommonQuery.Contains(name)) continue;
            if (request.IsPresigned && (name is "content-type" or "content-md5" || (Understands(name)
                    && name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)))) continue;
            throw S3Errors.NotImplemented(name, value);
        }

        foreach (var (name, value) in request.Http.Request.Headers)
            if (!Understands(name)) throw S3Errors.NotImplemented(name, value.ToString());
    }

    private bool Understands(string header)
    {
        if (!header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
            && !Meaningful.Contains(header, StringComparer.OrdinalIgnoreCase)) return true;
        if (TakesMetadata && header.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)) return true;
        return CommonHeaders.Contains(header) || Headers.Contains(header, StringComparer.OrdinalIgnoreCase)
            || string.Equals(header, MarkerHeader, StringComparison.OrdinalIgnoreCase);
    }
}
