using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Isobar.Local.Services.Kms;
using Isobar.Local.Services.SecretsManager;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.SecretsManager;

/// <summary>Secrets Manager on a free port, with KMS beside it, and requests to them as JSON.</summary>
internal sealed class SecretsOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly SecretsManagerModule module;
    private readonly KmsModule keys;
    private readonly HttpClient http = new();

    private SecretsOnPortZero(ModuleOnPortZero host, SecretsManagerModule module, KmsModule keys) =>
        (this.host, this.module, this.keys) = (host, module, keys);

    public SecretsManagerModule Module => module;

    public World World => host.World;

    public Uri Address => host.Address;

    /// <param name="gate">Decides about calls; null to allow every call.</param>
    public static async Task<SecretsOnPortZero> StartAsync(IRequestGate? gate = null)
    {
        SecretsManagerModule? module = null;
        KmsModule? keys = null;
        var host = await ModuleOnPortZero.StartAsync(
            world => [module = new SecretsManagerModule(world.Context), keys = new KmsModule(world.Context)], gate);
        host.World.Directory.Add(keys!);
        return new SecretsOnPortZero(host, module!, keys!);
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, string body)
    {
        var (status, answer) = await SendAsync("secretsmanager", $"secretsmanager.{operation}", body);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail: the status and the code.</summary>
    public async Task<string> ErrorAsync(string operation, string body)
    {
        var (status, answer) = await SendAsync("secretsmanager", $"secretsmanager.{operation}", body);
        return $"{status} {answer.GetProperty("__type").GetString()!.Split('#')[^1]}";
    }

    /// <summary>A secret's text.</summary>
    /// <param name="more">Members of the request beside the secret's id.</param>
    public async Task<string?> ValueAsync(string id, string more = "") =>
        (await OkAsync("GetSecretValue", $$"""{"SecretId":"{{id}}"{{more}}}"""))
            .GetProperty("SecretString").GetString();

    /// <summary>Sends a request to KMS that must succeed.</summary>
    public async Task<JsonElement> KmsAsync(string operation, string body)
    {
        var (status, answer) = await SendAsync("kms", $"TrentService.{operation}", body);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        module.Dispose();
        keys.Dispose();
        http.Dispose();
        await host.DisposeAsync();
    }

    private async Task<(int Status, JsonElement Answer)> SendAsync(string service, string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{ModuleOnPortZero.Region}/{service}/aws4_request, Signature=0");
        using var response = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }
}
