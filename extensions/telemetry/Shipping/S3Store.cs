using System.Net.Http.Headers;

namespace Isobar.Telemetry.Shipping;

/// <summary>Puts objects into one bucket of Amazon S3.</summary>
internal sealed class S3Store(HttpClient http, BucketSettings settings, TimeProvider clock) : IObjectStore
{
    private readonly SigningIdentity identity =
        new(settings.AccessKeyId, settings.SecretAccessKey, settings.Region, "s3");

    public async Task<string?> PutAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Sign(key, content);
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException failed)
        {
            return failed.HttpRequestError.ToString();
        }
        catch (OperationCanceledException)
        {
            return "no answer in time";
        }
    }

    /// <summary>
    /// On AWS the bucket is in the host name. It is in the path for another endpoint, and if it has dots, which no
    /// certificate covers.
    /// </summary>
    public static Uri Address(BucketSettings settings, string key)
    {
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        if (settings.Endpoint is { } endpoint)
            return new Uri($"{endpoint.GetLeftPart(UriPartial.Authority)}/{settings.Bucket}/{path}");
        var host = $"s3.{settings.Region}.{Suffix(settings.Region)}";
        return settings.Bucket.Contains('.')
            ? new Uri($"https://{host}/{settings.Bucket}/{path}")
            : new Uri($"https://{settings.Bucket}.{host}/{path}");
    }

    private static string Suffix(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";

    private HttpRequestMessage Sign(string key, ReadOnlyMemory<byte> content)
    {
        var address = Address(settings, key);
        var now = clock.GetUtcNow();
        var hash = SigV4.Hash(content.Span);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
            ["x-amz-content-sha256"] = hash,
            ["x-amz-date"] = SigV4.Instant(now),
        };
        if (!string.IsNullOrEmpty(settings.SessionToken)) headers["x-amz-security-token"] = settings.SessionToken;

        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        foreach (var (name, value) in headers.Where(header => header.Key != "host"))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization", SigV4.Authorization(identity, now, "PUT", address.AbsolutePath, headers, hash));
        return request;
    }
}
