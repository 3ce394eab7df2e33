using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Requests;

/// <summary>The bucket behind the distribution, read through the host's public S3 address.</summary>
/// <param name="address">The host's AWS endpoint.</param>
/// <remarks>
/// As the origin access control says, each request carries a signature. It names the scope that S3 asks for; the rest
/// of it is no true signature, which no service of this host verifies.
/// </remarks>
internal sealed class Origin(Uri address, DistributionSettings settings, ServiceClock clock) : IDisposable
{
    private static readonly string Signature = new('0', 64);

    // Headers of the connection, and headers of S3 that CloudFront does not send to viewers.
    private static readonly string[] KeptBack =
        ["connection", "keep-alive", "transfer-encoding", "x-amz-id-2", "x-amz-request-id"];

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks for an object; its body is not read yet.</summary>
    /// <param name="uri">As it is to be; <c>..</c> in it is a name like any other, as in S3.</param>
    /// <param name="etag">What is here already, or null.</param>
    /// <exception cref="EdgeException">502: no connection; 504: no answer in time.</exception>
    public async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string uri, string? etag, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EdgeLimits.OriginTimeout);
        using var request = new HttpRequestMessage(method, Address(uri));
        request.Headers.TryAddWithoutValidation("User-Agent", "Amazon CloudFront");
        request.Headers.TryAddWithoutValidation("Authorization", Authorization());
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (HttpRequestException)
        {
            throw new EdgeException(502, CacheResult.Error, "CloudFront can't connect to the origin.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EdgeException(504, CacheResult.Error, "The origin did not answer in time.");
        }
    }

    /// <summary>The headers of an answer that functions and viewers may see.</summary>
    public static HeaderMap Headers(HttpResponseMessage answer)
    {
        var headers = new HeaderMap();
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            var key = name.ToLowerInvariant();
            if (KeptBack.Contains(key) || HeaderRules.IsDisallowed(key)) continue;
            foreach (var value in values) headers.Add(name, value);
        }

        return headers;
    }

    public void Dispose() => client.Dispose();

    private string Authorization() =>
        $"AWS4-HMAC-SHA256 Credential=cloudfront/{clock.GetUtcNow():yyyyMMdd}/{settings.OriginRegion}/s3/aws4_request, "
        + $"SignedHeaders=host, Signature={Signature}";

    // Without canonicalization, which would resolve "/.." and leave the bucket.
    private Uri Address(string uri)
    {
        var path = uri.Replace("?", "%3F", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
        return new Uri(
            $"{address.GetLeftPart(UriPartial.Authority)}/{settings.OriginBucket}{settings.OriginPath}{path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }
}
