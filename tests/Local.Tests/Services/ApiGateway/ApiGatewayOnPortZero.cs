using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>The API Gateway service on a free port, with functions that a test plays.</summary>
internal sealed class ApiGatewayOnPortZero : IAsyncDisposable
{
    private readonly WireServer server;

    private ApiGatewayOnPortZero(WireServer server, World world, ApiGatewayModule module, StubFunctions functions)
    {
        (this.server, World, Module, Functions) = (server, world, module, functions);
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        })
        {
            BaseAddress = server.Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public World World { get; }

    public ApiGatewayModule Module { get; }

    public StubFunctions Functions { get; }

    public HttpClient Client { get; }

    public Uri Address => server.Address;

    /// <summary>The id of the API last deployed.</summary>
    public string ApiId { get; private set; } = "";

    /// <summary>Where its stage is: <c>/_aws/execute-api/ID/STAGE</c>.</summary>
    public string Stage { get; private set; } = "";

    public DeployedStack Stack { get; private set; } = null!;

    public static async Task<ApiGatewayOnPortZero> StartAsync(TimeProvider? realTime = null)
    {
        var (world, functions) = (new World(), new StubFunctions());
        world.Directory.Add(functions);
        var module = new ApiGatewayModule(
            world.Context with { RealTime = realTime ?? TimeProvider.System });
        var door = new FrontDoor(
            new Dictionary<string, IWireProtocol> { ["apigateway"] = module.Wire, ["s3"] = module.Wire },
            "s3", module.Paths,
            ModuleOnPortZero.AccountId, ModuleOnPortZero.Region, world.Identifiers, world.Journal,
            world.Context.Keys);
        var server = await WireServer.StartAsync(door.HandleAsync, 0, default);
        return new ApiGatewayOnPortZero(server, world, module, functions);
    }

    /// <summary>Starts with <c>example.template.yaml</c>.</summary>
    public static async Task<ApiGatewayOnPortZero> StartWithExampleAsync(TimeProvider? realTime = null)
    {
        var api = await StartAsync(realTime);
        await api.DeployAsync(RepositoryFile("example.template.yaml"));
        return api;
    }

    /// <summary>Starts with an API that has these paths (YAML, from the left margin) and a function named Fn.</summary>
    /// <param name="document">More of the document's members, from the left margin.</param>
    /// <param name="stage">More of the stage's properties, from the left margin.</param>
    public static async Task<ApiGatewayOnPortZero> StartWithAsync(
        string paths, string document = "", string stage = "", TimeProvider? realTime = null)
    {
        var api = await StartAsync(realTime);
        await api.DeployAsync(Template(paths, document, stage));
        return api;
    }

    /// <summary>A template of one API; <c>INVOKE</c> stands for the URI that invokes Fn.</summary>
    public static string Template(string paths, string document = "", string stage = "") => $"""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Fn:
            Type: AWS::Lambda::Function
          Api:
            Type: AWS::Serverless::Api
            Properties:
              StageName: test
              OpenApiVersion: 3.0.1
        {Indent(stage, 6)}
              DefinitionBody:
                openapi: 3.0.1
                info: ~
                paths:
        {Indent(paths, 10)}
        {Indent(document, 8)}
        """.Replace("INVOKE", Uri)
           .Replace("info: ~", "info: {title: test, version: '1'}");

    private const string Uri = "!Sub 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
        + "${Fn.Arn}/invocations'";

    /// <summary>A proxy integration of Fn, on one line.</summary>
    public const string Proxy = "{x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: INVOKE}}";

    public async Task<DeployedStack> DeployAsync(string template, string name = "test")
    {
        Stack = await StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), ParameterProfile.Empty,
            new StackIdentity(name, $"arn:aws:cloudformation:us-east-1:{ModuleOnPortZero.AccountId}:stack/{name}/1",
                ModuleOnPortZero.AccountId, "us-east-1", "aws"),
            [Module, Functions], Tests.Deployment.HostTemplateParts.All, World.Clock.GetUtcNow(), default);
        ApiId = Stack.Resources.First(resource => resource.Type == "AWS::ApiGateway::RestApi").Reference;
        var stage = Stack.Resources.First(resource => resource.Type == "AWS::ApiGateway::Stage").Reference;
        Stage = $"{ApiGatewayModule.Prefix}/{ApiId}/{stage}";
        return Stack;
    }

    /// <param name="path">Below the stage, as it goes over the wire.</param>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(
            Address.GetLeftPart(UriPartial.Authority) + Stage + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = body };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return new ApiAnswer(
            (int)response.StatusCode, response.Headers, response.Content.Headers,
            await response.Content.ReadAsByteArrayAsync());
    }

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        await Module.DisposeAsync();
    }

    public static string RepositoryFile(string name) =>
        Tests.Deployment.RepositoryFile.Read($"tests/Local.Tests/Services/ApiGateway/{name}");

    private static string Indent(string text, int by) => string.Join('\n',
        text.Split('\n').Select(line => line.Length > 0 ? new string(' ', by) + line : line));
}

/// <summary>What a client was answered.</summary>
internal sealed record ApiAnswer(
    int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Bytes)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? MediaType => ContentHeaders.ContentType?.MediaType;

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>The status and the gateway's message.</summary>
    public (int, string?) Refusal => (Status, (string?)(Json["message"] ?? Json["Message"]));
}
