using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Isobar.Local.Services.Ssm;

namespace Isobar.Local.Tests.Services.Ssm;

/// <summary>Parameter Store on a free port, and requests to it as JSON.</summary>
internal sealed class SsmOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private SsmOnPortZero(ModuleOnPortZero host, SsmModule module) => (this.host, Module) = (host, module);

    public SsmModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    public static async Task<SsmOnPortZero> StartAsync()
    {
        SsmModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world => [module = new SsmModule(world.Context)]);
        return new SsmOnPortZero(host, module!);
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

    public async Task<(int Status, JsonElement Answer)> PostAsync(
        string operation, string body, string region = ModuleOnPortZero.Region)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonSSM.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{region}/ssm/aws4_request, Signature=0");
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
