using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Isobar.Local.Commands;

/// <summary>Sends a command's requests to a running host.</summary>
/// <param name="endpoint">The address of the host.</param>
internal sealed class HostClient(Uri endpoint) : IDisposable
{
    private const string Variable = "ISOBAR_ENDPOINT";

    private static readonly string Usual = $"http://127.0.0.1:{LocalHostOptions.DefaultPort}";

    // No timeout: the host advances the clock only after running work has ended.
    private readonly HttpClient client = new() { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };

    private string Shown => endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>The option that says where the host is.</summary>
    public static Option<Uri> EndpointOption() => new("--endpoint")
    {
        Description = $"The address of the running host [default: {Variable}, or {Usual}]",
        DefaultValueFactory = _ => Named() ?? new Uri(Usual),
        Recursive = true,
        CustomParser = result =>
        {
            if (Parse(result.Tokens[0].Value) is { } address) return address;
            result.AddError($"--endpoint takes an http address such as {Usual}.");
            return null;
        },
    };

    /// <exception cref="UsageException">No host answers there, it is not one, or it refuses the request.</exception>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), answer, cancellationToken);

    /// <exception cref="UsageException">No host answers there, it is not one, or it refuses the request.</exception>
    public async Task<T> PostAsync<T>(
        string path, HttpContent body, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        // Sets Content-Length: the host does not read bodies in chunked transfer encoding.
        await body.LoadIntoBufferAsync(cancellationToken);
        return await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = body }, answer, cancellationToken);
    }

    /// <summary>Calls an operation of one of the host's services that speaks awsJson.</summary>
    /// <param name="service">The signing name: <c>monitoring</c>.</param>
    /// <param name="target">The operation as <c>X-Amz-Target</c> names it.</param>
    /// <exception cref="UsageException">No host answers there, it is not one, or it refuses the request.</exception>
    public async Task<T> CallAsync<T>(
        string service, string target, HttpContent body, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        await body.LoadIntoBufferAsync(cancellationToken);
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = body };
        // The host finds the service by the credential's scope; it does not verify signatures.
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + $"Credential=isobar/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.Add("X-Amz-Target", target);
        return await SendAsync(request, answer, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp ? address : null;

    /// <exception cref="UsageException">The variable is set, and not to an http address.</exception>
    private static Uri? Named() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? Parse(text) ?? throw new UsageException($"{Variable} takes an http address such as {Usual}, not '{text}'.")
        : null;

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> expected, CancellationToken cancellationToken)
    {
        using var disposed = request;
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return await answer.Content.ReadFromJsonAsync(expected, cancellationToken)
                    ?? throw new JsonException("The answer is null.");
            var problem = await answer.Content.ReadFromJsonAsync(ClockJson.Default.HostProblem, cancellationToken);
            throw new UsageException(problem?.Error ?? $"The host answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            throw new HostAbsentException(
                $"No host answers at {Shown}: {e.Message} Start one with `up`, or give another --endpoint.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new UsageException($"The server at {Shown} is not an Isobar host.");
        }
    }
}

/// <summary>Nothing listens at the address.</summary>
internal sealed class HostAbsentException(string message) : UsageException(message);
