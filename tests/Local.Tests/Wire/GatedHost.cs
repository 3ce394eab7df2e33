using System.Net.Http.Headers;
using System.Text;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Services.CloudFormation;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sns;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Services.Ssm;
using Isobar.Local.Services.Sts;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Wire;

/// <summary>Every service behind one door with a gate, and requests to them as bytes.</summary>
internal sealed class GatedHost : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-gate-");
    private IReadOnlyList<IServiceModule> modules = [];
    private ModuleOnPortZero host = null!;

    public RecordingGate Gate { get; } = new();

    public static async Task<GatedHost> StartAsync()
    {
        var gated = new GatedHost();
        gated.host = await ModuleOnPortZero.StartAsync(world => gated.modules = gated.Modules(world), gated.Gate);
        return gated;
    }

    /// <summary>Sends a request of the awsJson protocol.</summary>
    public Task<(int Status, string Body)> JsonAsync(string service, string target, string body) =>
        SendAsync(service, HttpMethod.Post, "/", body, ("X-Amz-Target", target));

    /// <summary>Sends a request of the awsQuery protocol.</summary>
    /// <param name="form">As on the wire, without the action.</param>
    public Task<(int Status, string Body)> QueryAsync(string service, string action, string form = "") =>
        SendAsync(service, HttpMethod.Post, "/", $"Action={action}&{form}",
            ("Content-Type", "application/x-www-form-urlencoded"));

    /// <summary>Sends a request of a REST protocol, or any other.</summary>
    /// <param name="service">Null for a request without a signature.</param>
    public async Task<(int Status, string Body)> SendAsync(
        string? service, HttpMethod method, string path, string body = "",
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path))
        {
            Content = body.Length > 0 ? new ByteArrayContent(Encoding.UTF8.GetBytes(body)) : null,
        };
        if (service is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization",
                $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260112/us-east-1/{service}/aws4_request, "
                + "SignedHeaders=host, Signature=0");
        }

        if (service == "s3") request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type") request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var module in modules.Reverse())
        {
            if (module is IAsyncDisposable some) await some.DisposeAsync();
            else (module as IDisposable)?.Dispose();
        }

        http.Dispose();
        await host.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private IReadOnlyList<IServiceModule> Modules(World world)
    {
        var context = world.Context with { DataDirectory = folder.FullName };
        IServiceModule[] made =
        [
            new CloudFormationModule(context), new DynamoDbModule(context), new EventBridgeModule(context),
            new S3Module(context), new SnsModule(context), new SqsModule(context), new SsmModule(context),
            new StsModule(), new ApiGatewayModule(context),
            new LambdaModule(
                context, new EnvironmentsInName(), new CodeSource(folder.FullName, "Debug"),
                new CodeStore(Path.Combine(folder.FullName, "code")), new RoleCredentials("AKID", "secret", "token")),
        ];
        context.Directory.AddRoles(made);
        return made;
    }
}
