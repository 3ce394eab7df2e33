using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Services.Kms;
using Isobar.Local.Services.Ssm;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Ssm;

/// <summary>Parameter Store on a free port, with KMS beside it, and requests to them as JSON.</summary>
internal sealed class SsmOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private readonly KmsModule? keys;

    private SsmOnPortZero(ModuleOnPortZero host, SsmModule module, KmsModule? keys) =>
        (this.host, Module, this.keys) = (host, module, keys);

    public SsmModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    /// <param name="gate">Decides about calls; null to allow every call.</param>
    /// <param name="withKeys">Whether there is KMS to encrypt with.</param>
    public static async Task<SsmOnPortZero> StartAsync(IRequestGate? gate = null, bool withKeys = true)
    {
        SsmModule? module = null;
        KmsModule? keys = null;
        var host = await ModuleOnPortZero.StartAsync(
            world => withKeys
                ? [module = new SsmModule(world.Context), keys = new KmsModule(world.Context)]
                : [module = new SsmModule(world.Context)],
            gate);
        if (keys is not null) host.World.Directory.Add(keys);
        return new SsmOnPortZero(host, module!, keys);
    }

    /// <summary>Writes a SecureString.</summary>
    /// <param name="more">Members of the request beside name, value and type.</param>
    public Task<JsonElement> PutSecretAsync(
        string name, string value, params (string Name, JsonNode? Value)[] more)
    {
        var request = new JsonObject { ["Name"] = name, ["Value"] = value, ["Type"] = "SecureString" };
        foreach (var (member, given) in more) request[member] = given;
        return OkAsync("PutParameter", request.ToJsonString());
    }

    /// <summary>A parameter's value.</summary>
    public async Task<string> ValueAsync(string name, bool decrypted) => (await OkAsync(
        "GetParameter", new JsonObject { ["Name"] = name, ["WithDecryption"] = decrypted }.ToJsonString()))
        .GetProperty("Parameter").GetProperty("Value").GetString()!;

    /// <summary>Creates a key and returns its ARN.</summary>
    public async Task<string> CreateKeyAsync() => (await KmsAsync("CreateKey", []))
        .GetProperty("KeyMetadata").GetProperty("Arn").GetString()!;

    /// <summary>Sends a request to KMS that must succeed.</summary>
    public async Task<JsonElement> KmsAsync(string operation, JsonObject body)
    {
        var (status, answer) = await SendAsync(
            "kms", $"TrentService.{operation}", body.ToJsonString(), ModuleOnPortZero.Region);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Writes a String parameter.</summary>
    public Task<JsonElement> PutAsync(string name, string value, bool overwrite = false) =>
        OkAsync("PutParameter", $$"""
            {"Name":"{{name}}","Value":"{{value}}","Type":"String","Overwrite":{{(overwrite ? "true" : "false")}}}
            """);

    /// <summary>The parameter of a name, ARN or selector.</summary>
    public async Task<JsonElement> GetAsync(string name, string region = ModuleOnPortZero.Region)
    {
        var (status, answer) = await PostAsync("GetParameter", $$"""{"Name":"{{name}}"}""", region);
        Assert.True(status == 200, answer.ToString());
        return answer.GetProperty("Parameter");
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail: code and message, with the status in front.</summary>
    public async Task<string> ErrorAsync(
        string operation, string body, string region = ModuleOnPortZero.Region)
    {
        var (status, answer) = await PostAsync(operation, body, region);
        var message = answer.TryGetProperty("message", out var text) ? text.GetString() : "";
        return $"{status} {answer.GetProperty("__type").GetString()!.Split('#')[1]} {message}".Trim();
    }

    public Task<(int Status, JsonElement Answer)> PostAsync(
        string operation, string body, string region = ModuleOnPortZero.Region) =>
        SendAsync("ssm", $"AmazonSSM.{operation}", body, region);

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        keys?.Dispose();
        http.Dispose();
        await host.DisposeAsync();
    }

    private async Task<(int Status, JsonElement Answer)> SendAsync(
        string service, string target, string body, string region)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{region}/{service}/aws4_request, Signature=0");
        using var response = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }
}
