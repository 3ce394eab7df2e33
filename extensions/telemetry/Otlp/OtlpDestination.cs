using System.Net;
using System.Net.Http.Headers;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Shipping;

namespace Isobar.Telemetry.Otlp;

/// <summary>Sends batches to a receiver of OTLP/HTTP, in binary Protocol Buffers.</summary>
/// <remarks>
/// Source: OpenTelemetry Protocol specification, "OTLP/HTTP": 429, 502, 503 and 504 are repeated, after the time of
/// Retry-After if there is one; every other status of 400 and above is final.
/// </remarks>
internal sealed class OtlpDestination(HttpClient http, OtlpSettings settings, TimeProvider clock) : IDestination
{
    /// <summary>Of a response that is looked at; what a receiver says about rejected items is a sentence.</summary>
    public const int MaxAnswerBytes = 16 * 1_024;

    public string Name => "the OTLP endpoint";

    public TimeSpan Timeout => settings.Timeout;

    public async Task<Answer> SendAsync(SealedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(batch);
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode
                ? Taken(await StartAsync(response, cancellationToken))
                : NotTaken(response);
        }
        catch (HttpRequestException failed)
        {
            return new Answer(Outcome.TryAgain, failed.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return new Answer(Outcome.TryAgain, "the connection was closed");
        }
        catch (OperationCanceledException)
        {
            return new Answer(Outcome.TryAgain, "no answer in time");
        }
    }

    private static Answer Taken(ReadOnlySpan<byte> body)
    {
        var (rejected, message) = PartialSuccess.Read(body);
        return rejected > 0 ? new Answer(Outcome.Taken, message, Rejected: rejected) : Answer.Taken;
    }

    private Answer NotTaken(HttpResponseMessage response)
    {
        var reason = $"status {(int)response.StatusCode}";
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
            return new Answer(Outcome.Refused, reason);
        var after = response.Headers.RetryAfter;
        var pause = after?.Delta ?? after?.Date - clock.GetUtcNow();
        return new Answer(Outcome.TryAgain, reason, pause < TimeSpan.Zero ? TimeSpan.Zero : pause);
    }

    private static async Task<byte[]> StartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var start = new byte[MaxAnswerBytes];
        var length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return start[..length];
    }

    private HttpRequestMessage Request(SealedBatch batch)
    {
        var address = batch.Body.Kind == OtlpFormat.Logs ? settings.LogsEndpoint : settings.TracesEndpoint;
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ReadOnlyMemoryContent(batch.Content),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (settings.Compresses) request.Content.Headers.ContentEncoding.Add("gzip");
        foreach (var (name, value) in settings.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
