using Isobar.Local.Deployment;
using Isobar.Local.Edge;
using Isobar.Local.History;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Services.CloudFormation;
using Isobar.Local.Wire;

namespace Isobar.Local;

/// <summary>A running host with a deployed stack.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan JumpBound = TimeSpan.FromSeconds(60);

    // What edge.yaml needs of the core stack.
    private const string SiteOutput = "SiteBucketDomainName";

    // Where the modules' call is bound before they exist: their processes must be told the address.
    private readonly TaskCompletionSource<FrontDoor> door = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<IAsyncDisposable> toStop = new();

    private LocalHost(LocalHostOptions options)
    {
        Options = options;
        Activity = new Activity();
        Clock = new ServiceClock(TimeProvider.System, Activity);
        Journal = new Journal(Clock);
        ClockControl = new ClockControl(Clock, Activity, JumpBound);
    }

    public LocalHostOptions Options { get; }

    /// <summary>For example <c>http://127.0.0.1:4580</c>.</summary>
    public Uri Address { get; private set; } = null!;

    public DeployedStack Stack { get; private set; } = null!;

    /// <summary>The local distribution; null when <see cref="EdgeAbsence"/> says why there is none.</summary>
    public EdgeHosting? Edge { get; private set; }

    /// <summary>Where the website is, for example <c>http://127.0.0.1:4581</c>; null without a distribution.</summary>
    public Uri? EdgeAddress => Edge?.Address;

    /// <summary>A clause that says why there is no distribution; null when there is one.</summary>
    public string? EdgeAbsence { get; private set; }

    /// <summary>One line about how execution environments are kept apart.</summary>
    public string Isolation { get; private set; } = "";

    public Activity Activity { get; }

    public ServiceClock Clock { get; }

    public ClockControl ClockControl { get; }

    public Journal Journal { get; }

    /// <summary>Starts the services and deploys the template.</summary>
    /// <exception cref="DeploymentException">The template can't be deployed here; nothing keeps running.</exception>
    /// <exception cref="PortException">The port is taken.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var host = new LocalHost(options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Stops in the opposite order of the start: functions first, while the services they write to answer.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        while (toStop.TryPop(out var part)) await part.DisposeAsync();
        ClockControl.Dispose();
        if (Directory.Exists(Options.DataDirectory)) Directory.Delete(Options.DataDirectory, recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Options.DataDirectory);
        var server = await WireServer.StartAsync(AnswerAsync, Options.Port, cancellationToken);
        toStop.Push(server);
        Address = server.Address;

        var identifiers = new Identifiers();
        var environments = new EnvironmentOptions(
            Address.GetLeftPart(UriPartial.Authority), Path.Combine(Options.DataDirectory, "environments"))
        {
            MaxEnvironments = Options.MaxEnvironments,
            Isolation = Options.Isolation,
        };
        var hosting = await LambdaHosting.StartAsync(
            environments, new HostingSurroundings(Clock, Activity, Journal, identifiers, server.More));
        toStop.Push(hosting);
        Isolation = hosting.IsolationDescription;

        var parts = new HostParts(
            Clock, Activity, Journal, identifiers, new TargetDirectory(), hosting.Pool, Options, Address);
        var modules = Program.Modules(parts);
        foreach (var module in modules.OfType<IAsyncDisposable>()) toStop.Push(module);
        door.SetResult(new FrontDoor(
            modules.ToDictionary(module => module.SigningName, module => module.Wire),
            new Dictionary<string, RequestDelegate>
            {
                ["/_isobar/clock"] = new ClockApi(Clock, ClockControl).HandleAsync,
                [ApiGatewayModule.Prefix] = modules.OfType<ApiGatewayModule>().Single().HandleAsync,
            },
            Options.AccountId, Options.Region, identifiers, Journal));
        Stack = await DeployAsync(modules, identifiers, cancellationToken);
        var stacks = modules.OfType<CloudFormationModule>().Single();
        stacks.Publish(Stack);
        await StartEdgeAsync(stacks, identifiers, cancellationToken);
    }

    private async Task StartEdgeAsync(
        CloudFormationModule stacks, Identifiers identifiers, CancellationToken cancellationToken)
    {
        var outputs = Stack.Outputs.ToDictionary(output => output.Key, output => output.Value);
        EdgeAbsence = (Options.EdgeTemplateFile, Options.Node) switch
        {
            (null, _) => "there is no infra/stacks/edge.yaml",
            _ when !outputs.ContainsKey(SiteOutput) => $"the stack has no output {SiteOutput}",
            (_, null) => "there is no Node.js on the PATH",
            _ => null,
        };
        if (EdgeAbsence is not null) return;
        var name = $"{Options.StackName}-edge";
        // Lambda@Edge lives in us-east-1, wherever the core is.
        var id = $"arn:aws:cloudformation:us-east-1:{Options.AccountId}:stack/{name}/{identifiers.NewGuid()}";
        Edge = await EdgeHosting.StartAsync(
            new EdgeOptions(
                await TemplateSource.FromFileAsync(Options.EdgeTemplateFile!, cancellationToken),
                new StackIdentity(name, id, Options.AccountId, "us-east-1", "aws"), outputs, Options.EdgePort,
                Options.Node!, Path.Combine(Options.DataDirectory, "edge"), Address),
            Clock, Activity, Journal, identifiers, cancellationToken);
        toStop.Push(Edge);
        stacks.Publish(Edge.Stack);
    }

    private async Task AnswerAsync(HttpContext http) => await (await door.Task).HandleAsync(http);

    private async Task<DeployedStack> DeployAsync(
        IReadOnlyList<IServiceModule> modules, Identifiers identifiers, CancellationToken cancellationToken)
    {
        var template = await TemplateSource.FromFileAsync(Options.TemplateFile, cancellationToken);
        var profile = Options.ParametersFile is { } file
            ? ParameterProfile.Read(await TemplateSource.FromFileAsync(file, cancellationToken))
            : ParameterProfile.Empty;
        var stackId = $"arn:aws:cloudformation:{Options.Region}:{Options.AccountId}:stack/{Options.StackName}/"
            + identifiers.NewGuid();
        var providers = modules.OfType<IResourceProvider>()
            .Concat(modules.OfType<LambdaModule>().SelectMany(lambda => lambda.Providers));
        return await StackDeployment.DeployAsync(
            template,
            profile.With(Options.ParameterOverrides, "--parameter-overrides"),
            new StackIdentity(Options.StackName, stackId, Options.AccountId, Options.Region, "aws"),
            [.. providers],
            Clock.GetUtcNow(),
            cancellationToken);
    }
}
