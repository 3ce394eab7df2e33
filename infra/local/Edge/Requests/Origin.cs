using System.Text;
using Isobar.Local.Edge.Events;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Requests;

/// <summary>Asks origins, which are all behind this host's public address.</summary>
/// <param name="endpoint">The host's AWS endpoint.</param>
/// <remarks>
/// As an origin access control says, each request to a bucket carries a signature. It names the scope that S3 asks for;
/// the rest of it is no true signature, which no service of this host verifies.
/// </remarks>
internal sealed class Origin(Uri endpoint, ServiceClock clock) : IDisposable
{
    private const string BucketRegion = "us-east-1";

    private static readonly string Signature = new('0', 64);

    // Headers of the connection, and headers of S3 that CloudFront does not send to viewers.
    private static readonly string[] KeptBack =
        ["connection", "keep-alive", "transfer-encoding", "x-amz-id-2", "x-amz-request-id"];

    // The client's own: it says whom it asks, and how long the body is.
    private static readonly string[] OfClient = ["host", "content-length", "transfer-encoding", "connection"];

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks for an object; its body is not read yet.</summary>
    /// <param name="request">Its <c>uri</c> as it is to be; <c>..</c> in it is a name like any other, as in S3.</param>
    /// <param name="body">Empty for none.</param>
    /// <exception cref="EdgeException">502: no such origin here, no connection; 504: no answer in time.</exception>
    public async Task<HttpResponseMessage> AskAsync(EventRequest request, ReadOnlyMemory<byte> body)
    {
        var address = OriginAddress.Of(endpoint, request);
        using var limit = new CancellationTokenSource(request.Origin?.Custom is { } custom
            ? TimeSpan.FromSeconds(custom.ReadTimeout)
            : EdgeLimits.OriginTimeout);
        using var message = Message(request, body, address);
        try
        {
            return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (HttpRequestException)
        {
            throw new EdgeException(502, CacheResult.Error, "CloudFront can't connect to the origin.");
        }
        catch (OperationCanceledException)
        {
            throw new EdgeException(504, CacheResult.Error, "The origin did not answer in time.");
        }
    }

    /// <summary>Writes an object into a bucket of this host: a file of the access log.</summary>
    /// <returns>Null when it is there; else why not.</returns>
    public async Task<string?> PutAsync(string bucket, string key, byte[] body)
    {
        using var limit = new CancellationTokenSource(EdgeLimits.OriginTimeout);
        using var message = new HttpRequestMessage(
            HttpMethod.Put,
            new Uri(endpoint, $"/{bucket}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}"));
        message.Content = new ByteArrayContent(body);
        message.Headers.TryAddWithoutValidation("Authorization", Authorization(BucketRegion));
        // S3 wants it of every signed put.
        message.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        try
        {
            using var answer = await client.SendAsync(message, limit.Token);
            return answer.IsSuccessStatusCode
                ? null
                : $"The bucket {bucket} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return e.Message;
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

    private HttpRequestMessage Message(EventRequest request, ReadOnlyMemory<byte> body, OriginAddress address)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), address.Address);
        if (!body.IsEmpty) message.Content = new ReadOnlyMemoryContent(body);
        foreach (var header in request.Headers) Add(message, header.Key, header.Value);
        foreach (var header in request.Origin!.CustomHeaders) Add(message, header.Key, header.Value);
        if (address.SigningRegion is { } region)
        {
            message.Headers.Remove("Authorization");
            message.Headers.TryAddWithoutValidation("Authorization", Authorization(region));
        }

        return message;
    }

    private static void Add(HttpRequestMessage message, string name, IReadOnlyList<HeaderLine> lines)
    {
        if (Array.IndexOf(OfClient, name) >= 0) return;
        foreach (var line in lines)
            if (!message.Headers.TryAddWithoutValidation(line.Key, line.Value))
                message.Content?.Headers.TryAddWithoutValidation(line.Key, line.Value);
    }

    private string Authorization(string region) =>
        $"AWS4-HMAC-SHA256 Credential=cloudfront/{clock.GetUtcNow():yyyyMMdd}/{region}/s3/aws4_request, "
        + $"SignedHeaders=host, Signature={Signature}";
}
