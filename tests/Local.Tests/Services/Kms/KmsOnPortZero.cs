using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Services.Kms;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Kms;

/// <summary>KMS on a free port, and requests to it as JSON.</summary>
internal sealed class KmsOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private KmsOnPortZero(ModuleOnPortZero host, KmsModule module) => (this.host, Module) = (host, module);

    public KmsModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    /// <param name="gate">Decides about calls; null to allow every call.</param>
    public static async Task<KmsOnPortZero> StartAsync(IRequestGate? gate = null)
    {
        KmsModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world => [module = new KmsModule(world.Context)], gate);
        return new KmsOnPortZero(host, module!);
    }

    public static string ArnOf(string resource) => $"arn:aws:kms:us-east-1:000000000000:{resource}";

    /// <summary>Creates a key and returns its id.</summary>
    public async Task<string> CreateKeyAsync()
    {
        var created = await OkAsync("CreateKey", []);
        return created.GetProperty("KeyMetadata").GetProperty("KeyId").GetString()!;
    }

    /// <summary>Encrypts a text and returns the ciphertext as the wire has it.</summary>
    public async Task<string> EncryptAsync(string keyId, string text, params (string Name, string Value)[] context)
    {
        var request = new JsonObject
        {
            ["KeyId"] = keyId, ["Plaintext"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        };
        if (context.Length > 0) request["EncryptionContext"] = ContextOf(context);
        return (await OkAsync("Encrypt", request)).GetProperty("CiphertextBlob").GetString()!;
    }

    public async Task<string> DecryptAsync(string ciphertext, params (string Name, string Value)[] context)
    {
        var answer = await OkAsync("Decrypt", new JsonObject
        {
            ["CiphertextBlob"] = ciphertext, ["EncryptionContext"] = ContextOf(context),
        });
        return Encoding.UTF8.GetString(answer.GetProperty("Plaintext").GetBytesFromBase64());
    }

    public static JsonObject ContextOf(params (string Name, string Value)[] context)
    {
        var members = new JsonObject();
        foreach (var (name, value) in context) members[name] = value;
        return members;
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, JsonObject request)
    {
        var (status, answer) = await PostAsync(operation, request);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail: code and message, with the status in front.</summary>
    public async Task<string> ErrorAsync(
        string operation, JsonObject request, string region = ModuleOnPortZero.Region)
    {
        var (status, answer) = await PostAsync(operation, request, region);
        Assert.True(status != 200, answer.ToString());
        var message = answer.TryGetProperty("message", out var text) ? text.GetString() : "";
        return $"{status} {answer.GetProperty("__type").GetString()!.Split('#')[1]} {message}".Trim();
    }

    public async Task<(int Status, JsonElement Answer)> PostAsync(
        string operation, JsonObject body, string region = ModuleOnPortZero.Region)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"TrentService.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{region}/kms/aws4_request, Signature=0");
        using var response = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        http.Dispose();
        await host.DisposeAsync();
    }
}
