using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.History;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Wire;

namespace Isobar.Local;

/// <summary>A running host with a deployed stack.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan JumpBound = TimeSpan.FromSeconds(60);

    // The outputs of the core stack that edge.yaml takes as parameters.
    private const string SiteOutput = "SiteBucketDomainName";
    private const string ApiOutput = "ApiUrl";

    // The parameter of the core stack without whose "on" its live readings are of no use.
    private const string LiveParameter = "LiveReadings";

    // Requests wait for it: the server listens first, as modules and processes must be given its address.
    private readonly TaskCompletionSource<FrontDoor> door = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<IAsyncDisposable> toStop = new();

    private readonly ResetApi resets;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StackUpdates? updates;

    private LocalHost(LocalHostOptions options)
    {
        Options = options;
        resets = new ResetApi(options.CanBeReset, options.Continues?.Resets ?? 0);
        Activity = new Activity();
        Clock = new ServiceClock(TimeProvider.System, Activity);
        if (options.Continues is { ClockOffset: var ahead }) Clock.JumpBy(ahead);
        Journal = new Journal(Clock);
        Accountant = Accountant.Start(Journal);
        ClockControl = new ClockControl(Clock, Activity, JumpBound);
    }

    /// <summary>An update of the stack changes the template and the parameters.</summary>
    public LocalHostOptions Options { get; private set; }

    /// <summary>For example <c>http://127.0.0.1:4580</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The core stack as the last update left it.</summary>
    public DeployedStack Stack => updates!.Stack;

    /// <summary>The stack of live readings; null where the core stack does not have them.</summary>
    public DeployedStack? LiveStack { get; private set; }

    /// <summary>Ends when everything is deployed.</summary>
    public Task Ready => ready.Task;

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

    /// <summary>Adds up what AWS would charge for.</summary>
    public Accountant Accountant { get; }

    /// <summary>The lines of the functions' logs, for those who follow them.</summary>
    public LogFeed Log { get; private set; } = null!;

    /// <summary>Ends when a client asks for a reset; only the command that owns this host can do it.</summary>
    public Task ResetRequested => resets.Requested;

    /// <summary>Options for a host that takes the place of this one: the same names, addresses and time.</summary>
    /// <param name="dataDirectory">Another folder than this host's.</param>
    public LocalHostOptions Continuation(string dataDirectory) => Options with
    {
        Port = Address.Port,
        EdgePort = EdgeAddress?.Port ?? Options.EdgePort,
        DataDirectory = dataDirectory,
        Continues = new HostContinuation(
            Stack.Identity, Edge?.Stack.Identity, Clock.Offset, (Options.Continues?.Resets ?? 0) + 1)
        {
            Deployed = Stack,
            LiveStack = LiveStack?.Identity,
        },
    };

    /// <summary>Works out what an update of the core stack would do; nothing is changed.</summary>
    /// <exception cref="DeploymentException">It can't be done.</exception>
    /// <exception cref="UpdateRefusedException">It can't be done now.</exception>
    public async Task<PlannedUpdate> PlanUpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var template = await TemplateSource.FromFileAsync(TemplateOf(request), cancellationToken);
        var profile = (await ReadProfileAsync(cancellationToken))
            .With(request.ParameterOverrides, "--parameter-overrides");
        return await updates!.PlanAsync(template, profile, request.Build, cancellationToken);
    }

    /// <summary>Begins an update; it goes on when the caller does not wait for its end.</summary>
    public async Task<UpdateOutcome> BeginUpdate(PlannedUpdate planned, UpdateRequest request)
    {
        var outcome = await updates!.Begin(planned);
        if (outcome.Failure is null)
            Options = Options with
            {
                TemplateFile = TemplateOf(request),
                ParameterOverrides =
                [
                    .. Options.ParameterOverrides.Concat(request.ParameterOverrides)
                        .GroupBy(pair => pair[..pair.IndexOf('=')]).Select(pairs => pairs.Last()),
                ],
            };
        return outcome;
    }

    /// <summary>Waits for events of an update, or for its end.</summary>
    /// <param name="after">How many the caller has seen.</param>
    /// <param name="bound">Real time; then the answer has none.</param>
    public Task<UpdateProgress> WaitForUpdateAsync(int after, TimeSpan bound, CancellationToken cancellationToken) =>
        updates!.WaitAsync(after, bound, cancellationToken);

    /// <summary>The code that the template refers to, as it is on disk.</summary>
    /// <returns>Nothing when the template has errors.</returns>
    public async Task<IReadOnlyList<CodeReference>> ReadCodeAsync(CancellationToken cancellationToken) =>
        updates!.CodeOf(
            await TemplateSource.FromFileAsync(Options.TemplateFile, cancellationToken),
            await ReadProfileAsync(cancellationToken));

    /// <summary>Starts the services and deploys the template.</summary>
    /// <exception cref="DeploymentException">The template can't be deployed here; nothing keeps running.</exception>
    /// <exception cref="PortException">The port is taken.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var host = new LocalHost(options);
        try
        {
            await host.StartAsync(cancellationToken);
            host.resets.BecameReady();
            host.ready.SetResult();
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
        var server = await WireServer.StartAsync(AnswerAsync, Options.Port, cancellationToken, Options.Bind);
        toStop.Push(server);
        Address = server.Address;

        var identifiers = new Identifiers();
        var environments = new EnvironmentOptions(
            Address.GetLeftPart(UriPartial.Authority), Path.Combine(Options.DataDirectory, "environments"))
        {
            Pool = new PoolLimits { MaxEnvironments = Options.MaxEnvironments },
            Isolation = Options.Isolation,
            Languages = Options.Languages,
        };
        var context = new ServiceContext(
            Clock, TimeProvider.System, Activity, Journal, identifiers, new ServiceDirectory(), new DeployedStacks(),
            Options.Region, Options.AccountId, Options.DataDirectory, Address) { Gate = Options.Gate };
        var hosting = await LambdaHosting.StartAsync(environments, context, server.MoreSockets);
        toStop.Push(hosting);
        Isolation = hosting.IsolationDescription;
        Log = hosting.Log;

        var modules = Program.Modules(context, Options, hosting.Pool);
        foreach (var module in modules.OfType<IAsyncDisposable>()) toStop.Push(module);
        foreach (var sink in modules.OfType<ILogSink>()) hosting.Attach(sink);
        door.SetResult(ServiceRoutes.DoorTo(
            modules, context, KeyValuePair.Create<string, RequestDelegate>(
                ClockApi.Path, new ClockApi(Clock, ClockControl).HandleAsync),
            KeyValuePair.Create<string, RequestDelegate>(ResetApi.Path, resets.HandleAsync),
            KeyValuePair.Create<string, RequestDelegate>(UpdateApi.Path, new UpdateApi(this).HandleAsync),
            KeyValuePair.Create<string, RequestDelegate>(
                ReceiptApi.Path, new ReceiptApi(Accountant).HandleAsync)));
        updates = await DeployAsync(modules, context, cancellationToken);
        toStop.Push(updates);
        context.Stacks.Publish(Stack);
        await DeployLiveAsync(modules, context, cancellationToken);
        await StartEdgeAsync(
            modules.OfType<CloudFrontModule>().Single(), context,
            TemplateParts.Join(modules.Select(module => module.TemplateParts)), cancellationToken);
    }

    private async Task DeployLiveAsync(
        IReadOnlyList<IServiceModule> modules, ServiceContext context, CancellationToken cancellationToken)
    {
        if (Options.LiveTemplateFile is not { } file
            || Stack.Parameters.GetValueOrDefault(LiveParameter) != "on") return;
        var identity = Options.Continues?.LiveStack ?? StackIdentity.New(
            $"{Options.StackName}-live", Options.AccountId, Options.Region, context.Identifiers.NewGuid());
        LiveStack = await SideStack.DeployAsync(
            file, [$"CoreStack={Options.StackName}", "Alarms=on"], identity,
            [.. modules.SelectMany(module => module.Providers)],
            TemplateParts.Join(modules.Select(module => module.TemplateParts)),
            modules.Select(module => module.Packager).OfType<ICodePackager>().Single(), Clock.GetUtcNow(),
            cancellationToken);
        context.Stacks.Publish(LiveStack);
    }

    private async Task StartEdgeAsync(
        CloudFrontModule cloudFront, ServiceContext context, TemplateParts parts, CancellationToken cancellationToken)
    {
        var outputs = Stack.Outputs.ToDictionary(output => output.Key, output => output.Value);
        // On AWS a stage has a name of its own; here its functions reach it where this host serves it.
        if (outputs.TryGetValue(ApiOutput, out var api))
            outputs[ApiOutput] = StageAddress.On(Address, api).ToString().TrimEnd('/');
        EdgeAbsence = (Options.EdgeTemplateFile, Options.Node) switch
        {
            (null, _) => "there is no infra/stacks/edge.yaml",
            _ when !outputs.ContainsKey(SiteOutput) => $"the stack has no output {SiteOutput}",
            (_, null) => "there is no Node.js on the PATH",
            _ => null,
        };
        if (EdgeAbsence is not null) return;
        // Lambda@Edge lives in us-east-1, wherever the core is.
        var identity = Options.Continues?.EdgeStack ?? StackIdentity.New(
            $"{Options.StackName}-edge", Options.AccountId, "us-east-1", context.Identifiers.NewGuid());
        var options = new EdgeOptions(
            await TemplateSource.FromFileAsync(Options.EdgeTemplateFile!, cancellationToken),
            identity, parts, outputs, Options.EdgePort, new Interpreters(Options.Node!, Options.Python),
            Path.Combine(Options.DataDirectory, "edge"), Address)
        {
            Bind = Options.Bind,
        };
        try
        {
            Edge = await EdgeHosting.StartAsync(
                options, Clock, Activity, Journal, context.Identifiers, cancellationToken);
        }
        catch (MissingInterpreterException e)
        {
            EdgeAbsence = e.Message;
            return;
        }

        toStop.Push(Edge);
        cloudFront.Api.Served = Edge.Served;
        context.Stacks.Publish(Edge.Stack);
    }

    private async Task AnswerAsync(HttpContext http) => await (await door.Task).HandleAsync(http);

    private async Task<StackUpdates> DeployAsync(
        IReadOnlyList<IServiceModule> modules, ServiceContext context, CancellationToken cancellationToken)
    {
        var template = await TemplateSource.FromFileAsync(Options.TemplateFile, cancellationToken);
        var profile = await ReadProfileAsync(cancellationToken);
        var identity = Options.Continues?.Stack ?? StackIdentity.New(
            Options.StackName, Options.AccountId, Options.Region, context.Identifiers.NewGuid());
        var before = Options.Continues?.Deployed;
        IReadOnlyList<IResourceProvider> providers = [.. modules.SelectMany(module => module.Providers)];
        var parts = TemplateParts.Join(modules.Select(module => module.TemplateParts));
        var table = new ProviderTable(providers, parts);
        var packager = modules.Select(module => module.Packager).OfType<ICodePackager>().Single();
        var plan = StackPlan.Prepare(
            template, profile, identity, table.Types, parts, new ErrorList(), before?.ParameterValues);
        template = await TemplatePackages.PackageAsync(template, plan, packager, build: true, cancellationToken);
        var deployed = await StackDeployment.DeployAsync(
            template, profile, identity, providers, parts, Clock.GetUtcNow(), cancellationToken, before);
        return new StackUpdates(context.Stacks, deployed, table, parts, packager, Clock);
    }

    private async Task<ParameterProfile> ReadProfileAsync(CancellationToken cancellationToken)
    {
        var profile = Options.ParametersFile is { } file
            ? ParameterProfile.Read(await TemplateSource.FromFileAsync(file, cancellationToken))
            : ParameterProfile.Empty;
        return profile.With(Options.ParameterOverrides, "--parameter-overrides");
    }

    // Paths of code are relative to the template's folder, which is the host's.
    private string TemplateOf(UpdateRequest request)
    {
        if (request.Template is not { } file) return Options.TemplateFile;
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Options.RepositoryRoot));
        return Path.GetDirectoryName(Path.GetFullPath(file)) == folder
            ? Path.GetRelativePath(Environment.CurrentDirectory, file)
            : throw new DeploymentException(
                new SourceLocation(file, 0, 0), "", $"the template must be in {folder}, the folder of the host's own");
    }
}
