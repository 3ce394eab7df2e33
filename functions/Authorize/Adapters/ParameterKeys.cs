using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Authorize;

/// <summary>
/// Keys in a parameter of Parameter Store, asked for by the HTTP interface of AWS's Parameters and Secrets extension,
/// which caches them. A changed parameter is seen when the extension's time to live is over.
/// </summary>
/// <param name="extension">A client whose base address is the extension's: see <see cref="Client"/>.</param>
/// <param name="parameter">The parameter's name.</param>
/// <param name="sessionToken">The function's own, by which the extension knows that the function asks.</param>
/// <remarks>
/// Source: AWS Systems Manager User Guide, "Using Parameter Store parameters in AWS Lambda functions". Each invocation
/// asks: the extension is on the same machine, and a copy here would only make a change be seen later. What is kept is
/// the key set that was read from the same answer before.
/// </remarks>
public sealed class ParameterKeys(HttpClient extension, string parameter, string sessionToken) : IKeySource
{
    /// <summary>
    /// Less than the function's timeout of 5 s, so that an extension that does not answer is told in the log.
    /// </summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Less than the 10 s after which this project's extension closes an idle connection.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);

    private readonly string target = $"systemsmanager/parameters/get?name={Uri.EscapeDataString(parameter)}";

    private Held? held;

    /// <summary>A client for the extension of this execution environment.</summary>
    /// <param name="port">2773, unless the extension's variable says otherwise.</param>
    public static HttpClient Client(string port) => new(new SocketsHttpHandler
    {
        UseProxy = false, UseCookies = false, PooledConnectionIdleTimeout = IdleTime,
    })
    {
        BaseAddress = new Uri($"http://localhost:{port}/"), Timeout = Timeout,
    };

    public async ValueTask<PublicKeys> GetAsync()
    {
        var body = await AskAsync();
        if (held is { } known && body.AsSpan().SequenceEqual(known.Body)) return known.Keys;
        var keys = Read(body);
        held = new Held(body, keys);
        return keys;
    }

    private async Task<byte[]> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.TryAddWithoutValidation("X-Aws-Parameters-Secrets-Token", sessionToken);
        try
        {
            using var answer = await extension.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            return answer.StatusCode == HttpStatusCode.OK
                ? body
                : throw new KeysUnavailableException($"The parameters extension answered {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new KeysUnavailableException("The parameters extension did not answer.", e);
        }
    }

    // A value that is no key set takes the place of the keys all the same: its writer may have meant to retire one.
    private static PublicKeys Read(byte[] body)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(body, ParameterJson.Default.ParameterAnswer);
            return PublicKeys.Read(answer?.Parameter.Value ?? throw new JsonException());
        }
        catch (JsonException e)
        {
            throw new KeysUnavailableException("The parameters extension's answer can't be read.", e);
        }
        catch (InvalidDataException e)
        {
            throw new KeysUnavailableException(e.Message, e);
        }
    }

    private sealed record Held(byte[] Body, PublicKeys Keys);
}

/// <summary>The part of the answer that is read.</summary>
internal sealed record ParameterAnswer(ParameterValue Parameter);

internal sealed record ParameterValue(string Value);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ParameterAnswer))]
internal sealed partial class ParameterJson : JsonSerializerContext;
