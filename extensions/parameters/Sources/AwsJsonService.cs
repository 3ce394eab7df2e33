using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Isobar.Parameters.Caching;
using Isobar.Telemetry.Shipping;

namespace Isobar.Parameters.Sources;

/// <summary>A service that speaks AWS's JSON protocol 1.1, called with the function's own credentials.</summary>
/// <param name="timeout">Of one attempt; zero for <see cref="LongestWait"/>.</param>
internal sealed class AwsJsonService(
    HttpClient http, Uri address, SigningIdentity identity, string? sessionToken, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>AWS's extension waits without end by default; a bound is better than that.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>As the AWS SDKs in their standard retry mode.</summary>
    public const int Attempts = 3;

    /// <summary>Before the second attempt; it doubles.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>A secret has up to 64 KB, which JSON can write six times as long.</summary>
    public const int MaxAnswerBytes = 512 * 1_024;

    private readonly string path = address.AbsolutePath;

    /// <param name="target">Such as <c>AmazonSSM.GetParameter</c>.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="RefusedException">The service refuses.</exception>
    /// <exception cref="AwayException">No attempt got an answer that says anything about the question.</exception>
    public async Task<byte[]> CallAsync(string target, byte[] body)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(target, body);
            }
            catch (AwayException) when (attempt < Attempts)
            {
                await Task.Delay(FirstPause * (1 << (attempt - 1)), clock);
            }
        }
    }

    private async Task<byte[]> TryAsync(string target, byte[] body)
    {
        using var limit = new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : LongestWait, clock);
        try
        {
            using var request = Sign(target, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.IsSuccessStatusCode ? answer : throw Failure(response.StatusCode, answer);
        }
        catch (HttpRequestException failed)
        {
            throw new AwayException(failed.HttpRequestError.ToString());
        }
        catch (OperationCanceledException)
        {
            throw new AwayException("no answer in time");
        }
    }

    /// <summary>Throttling and the service's own failures say nothing about the value.</summary>
    private static Exception Failure(HttpStatusCode status, byte[] body)
    {
        var code = CodeOf(body);
        return (int)status >= 500 || status == HttpStatusCode.TooManyRequests
            || code is "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "TooManyRequestsException"
                ? new AwayException($"{(int)status} {code}".TrimEnd())
                : new RefusedException(code.Length > 0 ? code : $"{(int)status}");
    }

    // The message stays out: what it quotes is not known.
    private static string CodeOf(byte[] body)
    {
        try
        {
            using var error = JsonDocument.Parse(body);
            var type = error.RootElement.TryGetProperty("__type", out var value) ? value.GetString() ?? "" : "";
            return type[(type.LastIndexOf('#') + 1)..];
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private HttpRequestMessage Sign(string target, byte[] body)
    {
        var now = clock.GetUtcNow();
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = "application/x-amz-json-1.1",
            ["host"] = address.Authority,
            ["x-amz-date"] = SigV4.Instant(now),
            ["x-amz-target"] = target,
        };
        if (!string.IsNullOrEmpty(sessionToken)) headers["x-amz-security-token"] = sessionToken;
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(headers["content-type"]);
        foreach (var (name, value) in headers.Where(header => header.Key is not ("host" or "content-type")))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization", SigV4.Authorization(identity, now, "POST", path, headers, SigV4.Hash(body)));
        return request;
    }
}
