using System.Net.Http.Headers;
using System.Text;
using Isobar.Local.Deployment;
using Isobar.Local.Services;
using Isobar.Local.Tests.Lambda;
using Isobar.Local.Tests.Wire;

namespace Isobar.Local.Tests;

/// <summary>Every service of the host behind one door, with a gate, and requests to them as bytes.</summary>
internal sealed class ServicesOnPortZero : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-gate-");
    private IReadOnlyList<IServiceModule> modules = [];
    private ModuleOnPortZero host = null!;

    public RecordingGate Gate { get; } = new();

    /// <summary>Runs the functions.</summary>
    public EnvironmentsInName Pool { get; } = new();

    /// <summary>Signs the requests.</summary>
    public string AccessKey { get; set; } = "AKIDEXAMPLE";

    public static async Task<ServicesOnPortZero> StartAsync()
    {
        var gated = new ServicesOnPortZero();
        gated.host = await ModuleOnPortZero.StartAsync(world => gated.modules = gated.Modules(world), gated.Gate);
        return gated;
    }

    /// <summary>Sends a request of the awsJson protocol.</summary>
    public Task<(int Status, string Body)> JsonAsync(
        string service, string target, string body, string region = ModuleOnPortZero.Region) =>
        SendAsync(service, HttpMethod.Post, "/", body, region, ("X-Amz-Target", target));

    /// <summary>Sends a request of the awsQuery protocol.</summary>
    /// <param name="form">As on the wire, without the action.</param>
    public Task<(int Status, string Body)> QueryAsync(
        string service, string action, string form = "", string region = ModuleOnPortZero.Region) =>
        SendAsync(service, HttpMethod.Post, "/", $"Action={action}&{form}", region,
            ("Content-Type", "application/x-www-form-urlencoded"));

    /// <summary>Sends a request of a REST protocol, or any other.</summary>
    /// <param name="service">Null for a request without a signature.</param>
    public async Task<(int Status, string Body)> SendAsync(
        string? service, HttpMethod method, string path, string body = "", string region = ModuleOnPortZero.Region,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path))
        {
            Content = body.Length > 0 ? new ByteArrayContent(Encoding.UTF8.GetBytes(body)) : null,
        };
        if (service is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization",
                $"AWS4-HMAC-SHA256 Credential={AccessKey}/20260112/{region}/{service}/aws4_request, "
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

    /// <summary>The services that run.</summary>
    public IReadOnlyList<IServiceModule> All => modules;

    public World World => host.World;

    /// <summary>Deploys the stack <c>isobar</c>: a function with a layer, a queue that it reads, and an API.</summary>
    public async Task DeployAsync()
    {
        foreach (var output in (string[])["bin/Echo", "layers/Shared"])
        {
            var built = Directory.CreateDirectory(
                Path.Combine(folder.FullName, "artifacts", output, "debug")).FullName;
            await File.WriteAllTextAsync(Path.Combine(built, "code.dll"), "code");
        }

        host.World.Context.Stacks.Publish(await StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", """
                Resources:
                  Queue: {Type: AWS::SQS::Queue}
                  Fn:
                    Type: AWS::Lambda::Function
                    Properties:
                      FunctionName: echo
                      Code: functions/Echo
                      Handler: Echo
                      Runtime: dotnet10
                      Role: arn:aws:iam::000000000000:role/echo
                  Mapping:
                    Type: AWS::Lambda::EventSourceMapping
                    Properties: {EventSourceArn: !GetAtt Queue.Arn, FunctionName: !Ref Fn, Enabled: false}
                  Shared:
                    Type: AWS::Lambda::LayerVersion
                    Properties: {LayerName: shared, Content: layers/Shared}
                  Api:
                    Type: AWS::ApiGateway::RestApi
                    Properties:
                      Body:
                        openapi: 3.0.1
                        info: {title: api, version: '1'}
                        paths: {}
                """),
            ParameterProfile.Empty,
            StackIdentity.New("isobar", ModuleOnPortZero.AccountId, ModuleOnPortZero.Region, Guid.NewGuid()),
            [.. modules.SelectMany(module => module.Providers)],
            TemplateParts.Join(modules.Select(module => module.TemplateParts)),
            host.World.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
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

    private IReadOnlyList<IServiceModule> Modules(World world) => Program.Modules(
        world.Context with { DataDirectory = folder.FullName },
        new LocalHostOptions
        {
            TemplateFile = "", RepositoryRoot = folder.FullName, DataDirectory = folder.FullName, Node = null,
        },
        Pool);
}
