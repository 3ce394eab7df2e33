using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda;

/// <summary>
/// The Lambda service on a free port, with functions deployed from a template and a queue that mappings can read; what
/// invocations come to is the test's to say.
/// </summary>
internal sealed class LambdaOnPortZero : IAsyncDisposable
{
    public const string Account = ModuleOnPortZero.AccountId;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder;
    private readonly ModuleOnPortZero door;
    private readonly IReadOnlyList<IServiceModule> modules;
    private LambdaHosting? hosting;

    private LambdaOnPortZero(
        DirectoryInfo folder, ModuleOnPortZero door, LambdaModule module, IReadOnlyList<IServiceModule> modules,
        EnvironmentsInName pool, QueueInHand queue)
    {
        this.modules = modules;
        this.folder = folder;
        this.door = door;
        Module = module;
        Pool = pool;
        Queue = queue;
        var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        Client = new HttpClient(handler) { BaseAddress = door.Address, Timeout = Bound };
    }

    public LambdaModule Module { get; }

    public EnvironmentsInName Pool { get; }

    public QueueInHand Queue { get; }

    /// <summary>Sends what it is given, unsigned.</summary>
    public HttpClient Client { get; }

    public Uri Address => door.Address;

    public World World => door.World;

    /// <summary>Where CodeUri functions/Echo is built to.</summary>
    public string CodeFolder => Path.Combine(folder.FullName, "artifacts", "bin", "Echo", "debug");

    /// <summary>Starts with the functions <c>echo</c> and, with one reserved execution, <c>narrow</c>.</summary>
    /// <param name="resources">Of the template, instead of those two.</param>
    /// <param name="beside">More services behind the same door.</param>
    public static async Task<LambdaOnPortZero> StartAsync(
        string? resources = null, Func<World, IEnumerable<IServiceModule>>? beside = null)
    {
        var folder = Directory.CreateTempSubdirectory("lambda-on-port-zero-");
        var lambda = await StartAsync(folder, new CodeSource(folder.FullName, "Debug"), beside);
        Directory.CreateDirectory(lambda.CodeFolder);
        await File.WriteAllTextAsync(Path.Combine(lambda.CodeFolder, "Echo.dll"), "code");
        await lambda.DeployAsync(resources ?? Function("Echo", "echo") + Function("Narrow", "narrow", """
                  ReservedConcurrentExecutions: 1
            """));
        return lambda;
    }

    /// <summary>Starts with real processes: the function <c>probe</c> does what its event says.</summary>
    public static async Task<LambdaOnPortZero> StartWithProbesAsync(
        string more = "", Func<World, IEnumerable<IServiceModule>>? beside = null)
    {
        // artifacts/bin/Local.Tests/<configuration>/ is where these tests are, and the Probe is beside them.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var folder = Directory.CreateTempSubdirectory("lambda-on-port-zero-");
        var lambda = await StartAsync(folder, new CodeSource(root, output.Name), beside);
        lambda.hosting = await LambdaHosting.StartAsync(
            new EnvironmentOptions(lambda.Address.ToString(), Path.Combine(folder.FullName, "environments"))
            {
                Languages = RuntimeClients.Languages,
                // On a busy machine too, one call after the other finds the same environment.
                Pool = new PoolLimits { AnsweredGrace = TimeSpan.FromSeconds(10) },
            },
            lambda.World.Context, endpoint: null);
        lambda.Pool.Run = (function, request) => lambda.hosting.Pool.InvokeAsync(function, request, default);
        await lambda.DeployAsync($"""
              Probe:
                Type: AWS::Lambda::Function
                Properties:
                  FunctionName: probe
                  Code: functions/Probe
                  Handler: Probe
                  Runtime: dotnet10
                  MemorySize: 512
                  Role: arn:aws:iam::{Account}:role/probe

            """ + more);
        return lambda;
    }

    /// <summary>A function of the template, with more properties if wanted (indented as deep as they stand).</summary>
    public static string Function(string logicalId, string name, string more = "") => $"""
          {logicalId}:
            Type: AWS::Lambda::Function
            Properties:
              FunctionName: {name}
              Code: functions/Echo
              Handler: Echo
              Runtime: dotnet10
              Role: arn:aws:iam::{Account}:role/echo
        {more}

        """;

    /// <summary>Adds a folder with a project that was never built.</summary>
    public void AddProject(string path)
    {
        var added = Directory.CreateDirectory(Path.Combine(folder.FullName, path));
        File.WriteAllText(Path.Combine(added.FullName, added.Name + ".csproj"), "<Project/>");
    }

    public Task<DeployedStack> DeployAsync(string resources) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", "Resources:\n" + resources), ParameterProfile.Empty,
        new StackIdentity("test", $"arn:aws:cloudformation:us-east-1:{Account}:stack/test/1",
            Account, "us-east-1", "aws"),
        [.. Module.Providers, .. modules.OfType<IResourceProvider>()],
        Tests.Deployment.HostTemplateParts.All, World.Clock.GetUtcNow(), default);

    /// <summary>Sends a signed request.</summary>
    public async Task<LambdaAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new LambdaAnswer((int)response.StatusCode, response.Headers, text);
    }

    public Task<LambdaAnswer> InvokeAsync(
        string function, string payload, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{function}/invocations",
            new ByteArrayContent(Encoding.UTF8.GetBytes(payload)), headers);

    public Task<LambdaAnswer> QueueAsync(string function, string payload) =>
        InvokeAsync(function, payload, ("X-Amz-Invocation-Type", "Event"));

    public Task<TFact> FactAsync<TFact>(Func<TFact, bool>? condition = null, long after = 0)
        where TFact : class => World.Journal.WaitForAsync(condition ?? (_ => true), Bound, after);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Module.DisposeAsync();
        foreach (var module in modules.Skip(1).OfType<IAsyncDisposable>()) await module.DisposeAsync();
        if (hosting is not null) await hosting.DisposeAsync();
        await door.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<LambdaOnPortZero> StartAsync(
        DirectoryInfo folder, CodeSource source, Func<World, IEnumerable<IServiceModule>>? beside = null)
    {
        var pool = new EnvironmentsInName();
        QueueInHand? queue = null;
        LambdaModule? module = null;
        IServiceModule[] modules = [];
        var door = await ModuleOnPortZero.StartAsync(world =>
        {
            queue = new QueueInHand(world.Clock);
            IServiceModule[] others = [.. beside?.Invoke(world) ?? []];
            module = new LambdaModule(
                world.Context, new AccountLimits(), pool, source, new CodeStore(Path.Combine(folder.FullName, "code")),
                RuntimeClients.Languages);
            modules = [module, .. others];
            world.Directory.AddRoles(modules);
            if (!others.OfType<IEventSource>().Any()) world.Directory.Add(queue);
            return modules;
        });
        return new LambdaOnPortZero(folder, door, module!, modules, pool, queue!);
    }
}

/// <summary>What the service answered.</summary>
internal sealed record LambdaAnswer(int Status, HttpResponseHeaders Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
