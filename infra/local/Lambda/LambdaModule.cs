using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Control.Operations;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Delivery.Operations;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda;

/// <summary>AWS Lambda on top of the execution environments: invocations, events and event source mappings.</summary>
internal sealed class LambdaModule : IServiceModule, ITarget, IInvoker, IScalable, IAsyncDisposable
{
    /// <summary>
    /// How long invocations under way may take to end when the host stops; then their processes are ended.
    /// </summary>
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(5);

    private readonly ServiceContext context;
    private readonly FunctionMonitor functions;
    private readonly ProvisionedScaling scaling;
    private readonly ProvisionedMetrics provisionedMetrics;
    private readonly FunctionDirectory directory;
    private readonly Monitor<LayerRegistry> layers;
    private readonly Invoker invoker;
    private readonly Monitor<EventInvokeConfigs> configs;
    private readonly Destinations destinations;
    private readonly AsynchronousDelivery delivery;
    private readonly EventSourceMappings mappings;

    /// <param name="limits">What the account may run at a time.</param>
    /// <param name="pool">Runs invocations.</param>
    /// <param name="source">Where the code of a function is built to.</param>
    /// <param name="store">Where the code that runs is kept.</param>
    /// <param name="languages">What this machine has for runtimes of languages; null for nothing.</param>
    public LambdaModule(
        ServiceContext context, AccountLimits limits, IEnvironmentPool pool, CodeSource source, CodeStore store,
        LanguageRuntimes? languages = null)
    {
        var images = new FunctionImages(new ImageBuilder(source, store), context.Clock);
        Packager = new CodePackager(source, store, images.Builder);
        this.context = context;
        functions = new FunctionMonitor(
            new FunctionRegistry(limits, new Random()), context.Clock, pool, context.Journal);
        scaling = new ProvisionedScaling(functions, pool);
        provisionedMetrics = new ProvisionedMetrics(functions, context);
        functions.ProvisioningChanged = provisionedMetrics.Wake;
        directory = new FunctionDirectory(functions, context.Region);
        layers = new Monitor<LayerRegistry>("lambda layers", new LayerRegistry(), context.Clock);
        invoker = new Invoker(functions, pool, context.Journal);
        configs = new Monitor<EventInvokeConfigs>(
            "lambda event invoke configurations", new EventInvokeConfigs(), context.Clock);
        destinations = new Destinations(context);
        delivery = new AsynchronousDelivery(context, invoker, directory, ConfigOf, destinations);
        var together = new FunctionLayers(layers, store);
        var runtimes = new RuntimeSupport(languages);
        var maker = new FunctionMaker(context.Keys, context.Identifiers, context.Clock);
        var aliases = new AliasChanges(functions, context.Identifiers);
        context.Directory.Add(new AliasTraffic(functions, aliases, context.Region));
        var changes = new EventInvokeConfigChanges(configs, directory, context.Clock);
        mappings = new EventSourceMappings(context, invoker, directory);
        var provisioned = new ProvisionedTemplate(functions, pool);
        Providers =
        [
            new LayerProvider(layers, source, store, context.Clock),
            new FunctionProvider(functions, together, source, store, maker, runtimes, images),
            new VersionProvider(functions, context.Identifiers, provisioned),
            new AliasProvider(aliases, provisioned, context.Directory),
            new EventInvokeConfigProvider(changes),
            new MappingProvider(mappings),
        ];

        var (get, list) = (new GetFunction(directory), new ListFunctions(functions, context.Region));
        var uploads = new CodeUploads(store, context.Directory);
        var wire = new RestJsonProtocol(LambdaLimits.MaxRequestBytes)
            .Add("InvokeFunction", "POST", "/2015-03-31/functions/{FunctionName}/invocations",
                new Control.Operations.Invoke(
                    directory, invoker, delivery, context.Identifiers, context.Clock).HandleAsync,
                FunctionArn)
            .Add("ListFunctions", "GET", "/2015-03-31/functions", list.HandleAsync)
            .Add("ListFunctions", "GET", "/2015-03-31/functions/", list.HandleAsync)
            .Add("GetFunction", "GET", "/2015-03-31/functions/{FunctionName}", get.HandleAsync, FunctionArn)
            .Add("GetFunctionConfiguration", "GET", "/2015-03-31/functions/{FunctionName}/configuration",
                get.HandleConfigurationAsync, FunctionArn);
        wire.AddLayers(layers, uploads, context)
            .AddMappings(mappings, context)
            .AddPermissionsAndTags(functions, mappings, context, FunctionArn)
            .AddFunctions(functions, uploads, together, maker, runtimes, images, context, FunctionArn);
        AddVersions(wire, aliases);
        AddProvisionedConcurrency(wire, pool);
        AddAccountSettings(wire, new GetAccountSettings(functions, limits, context.Region));
        Wire = AddInvocationSettings(wire, changes);
    }

    public ICodePackager Packager { get; }

    public string SigningName => "lambda";

    /// <summary>An invocation is charged for by what its REPORT says; other calls are free.</summary>
    public bool ChargesForCalls => false;

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => LambdaTemplateParts.Parts;

    /// <summary>What deploys functions and event source mappings from the template.</summary>
    public IReadOnlyList<IResourceProvider> Providers { get; }

    public string Service => SigningName;

    string IScalable.ScalableDimension => ProvisionedScaling.Dimension;

    public bool Exists(Arn resource) => directory.Resolve(resource) is not null;

    /// <summary>Invokes a function asynchronously, with the trace that the event is part of.</summary>
    /// <param name="happened">Its payload is JSON, at most 1 MiB; it is copied.</param>
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; RequestTooLargeException; InvalidRequestContentException; ServiceException: the
    /// queue of asynchronous events is full.
    /// </exception>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        var payload = happened.Payload;
        var function = directory.Resolve(resource) ?? throw LambdaErrors.FunctionNotFound(resource.ToString());
        if (payload.Length > LambdaLimits.MaxAsynchronousPayloadBytes)
            throw LambdaErrors.RequestTooLarge(payload.Length, "Event", LambdaLimits.MaxAsynchronousPayloadBytes);
        InvocationPayload.Validate(payload.Span);
        var request = new InvocationRequest(
            context.Identifiers.NewGuid().ToString(), payload.ToArray(), function.InvokedArn)
        {
            TraceId = TraceHeader.Rebuild(happened.TraceHeader, context.Identifiers, context.Clock.GetUtcNow()),
        };
        delivery.Accept(function, request);
        return ValueTask.CompletedTask;
    }

    async ValueTask<InvocationAnswer> IInvoker.InvokeAsync(
        Arn function, ReadOnlyMemory<byte> payload, string? traceId, CancellationToken cancellationToken)
    {
        var resolved = directory.Resolve(function) ?? throw LambdaErrors.FunctionNotFound(function.ToString());
        if (payload.Length > LambdaLimits.MaxSynchronousPayloadBytes)
            throw LambdaErrors.RequestTooLarge(
                payload.Length, "RequestResponse", LambdaLimits.MaxSynchronousPayloadBytes);
        InvocationPayload.Validate(payload.Span);
        var request = new InvocationRequest(context.Identifiers.NewGuid().ToString(), payload, resolved.InvokedArn)
        {
            TraceId = TraceHeader.Rebuild(traceId, context.Identifiers, context.Clock.GetUtcNow()),
        };
        var outcome = await invoker.InvokeAsync(resolved, request, cancellationToken);
        return new InvocationAnswer(outcome.Payload, outcome.FunctionError, outcome.ExecutedVersion);
    }

    bool IScalable.IsScalable(Arn resource) => scaling.IsScalable(resource);

    int? IScalable.CapacityOf(Arn resource) => scaling.CapacityOf(resource);

    void IScalable.SetCapacity(Arn resource, int capacity) => scaling.Set(resource, capacity);

    Metric? IScalable.PredefinedMetric(Arn resource, string type) =>
        ProvisionedScaling.PredefinedMetric(resource, type);

    /// <summary>Reads no more queues, starts no more asynchronous attempts, and waits for what is under way.</summary>
    /// <param name="bound">Real time for each of the two; the environments are drained after this.</param>
    public async ValueTask StopAsync(TimeSpan bound)
    {
        await mappings.StopAsync(bound);
        await delivery.StopAsync(bound);
    }

    /// <summary>Stops as <see cref="StopAsync"/> does, within <see cref="StopBound"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(StopBound);
        await mappings.DisposeAsync();
        delivery.Dispose();
        await destinations.DisposeAsync();
        configs.Dispose();
        provisionedMetrics.Dispose();
        functions.Dispose();
        layers.Dispose();
    }

    private void AddVersions(RestJsonProtocol wire, AliasChanges changes)
    {
        const string function = "/2015-03-31/functions/{FunctionName}";
        wire.Add("PublishVersion", "POST", function + "/versions",
                new PublishVersion(functions, context.Identifiers, context.Region).HandleAsync, FunctionArn)
            .Add("ListVersionsByFunction", "GET", function + "/versions",
                new ListVersionsByFunction(functions, context.Region).HandleAsync, FunctionArn)
            .Add("DeleteFunction", "DELETE", function,
                new DeleteFunction(functions, configs, context.Region).HandleAsync, FunctionArn)
            .Add("CreateAlias", "POST", function + "/aliases",
                new CreateAlias(changes, context.Region).HandleAsync, FunctionArn)
            .Add("ListAliases", "GET", function + "/aliases",
                new ListAliases(functions, context.Region).HandleAsync, FunctionArn)
            .Add("GetAlias", "GET", function + "/aliases/{Name}",
                new GetAlias(functions, context.Region).HandleAsync, FunctionArn)
            .Add("UpdateAlias", "PUT", function + "/aliases/{Name}",
                new UpdateAlias(changes, context.Region).HandleAsync, FunctionArn)
            .Add("DeleteAlias", "DELETE", function + "/aliases/{Name}",
                new DeleteAlias(functions, context.Region).HandleAsync, FunctionArn);
    }

    private RestJsonProtocol AddInvocationSettings(RestJsonProtocol wire, EventInvokeConfigChanges changes)
    {
        const string config = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
        return wire
            .Add("PutFunctionEventInvokeConfig", "PUT", config,
                new PutFunctionEventInvokeConfig(changes).HandleAsync, FunctionArn)
            .Add("UpdateFunctionEventInvokeConfig", "POST", config,
                new UpdateFunctionEventInvokeConfig(changes).HandleAsync, FunctionArn)
            .Add("GetFunctionEventInvokeConfig", "GET", config,
                new GetFunctionEventInvokeConfig(changes).HandleAsync, FunctionArn)
            .Add("DeleteFunctionEventInvokeConfig", "DELETE", config,
                new DeleteFunctionEventInvokeConfig(changes).HandleAsync, FunctionArn)
            .Add("ListFunctionEventInvokeConfigs", "GET", config + "/list",
                new ListFunctionEventInvokeConfigs(changes).HandleAsync, FunctionArn)
            .Add("PutFunctionConcurrency", "PUT", "/2017-10-31/functions/{FunctionName}/concurrency",
                new PutFunctionConcurrency(functions, context.Region).HandleAsync, FunctionArn)
            .Add("DeleteFunctionConcurrency", "DELETE", "/2017-10-31/functions/{FunctionName}/concurrency",
                new DeleteFunctionConcurrency(functions, context.Region).HandleAsync, FunctionArn)
            .Add("GetFunctionConcurrency", "GET", "/2019-09-30/functions/{FunctionName}/concurrency",
                new GetFunctionConcurrency(functions, context.Region).HandleAsync, FunctionArn);
    }

    private static void AddAccountSettings(RestJsonProtocol wire, GetAccountSettings settings) =>
        wire.Add("GetAccountSettings", "GET", "/2016-08-19/account-settings/", settings.HandleAsync)
            .Add("GetAccountSettings", "GET", "/2016-08-19/account-settings", settings.HandleAsync);

    private void AddProvisionedConcurrency(RestJsonProtocol wire, IEnvironmentPool pool)
    {
        const string path = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";
        wire.Add("PutProvisionedConcurrencyConfig", "PUT", path,
                new PutProvisionedConcurrencyConfig(functions, pool, context.Region).HandleAsync, FunctionArn)
            .Add("GetProvisionedConcurrencyConfig", "GET", path,
                new GetProvisionedConcurrencyConfig(functions, context.Region).HandleAsync, FunctionArn)
            .Add("DeleteProvisionedConcurrencyConfig", "DELETE", path,
                new DeleteProvisionedConcurrencyConfig(functions, context.Region).HandleAsync, FunctionArn);
    }

    private EventInvokeConfig ConfigOf(ResolvedFunction function) =>
        configs.Ask((state, _) => state.Find(function.QualifiedArn)) ?? EventInvokeConfig.Standard;

    /// <summary>The ARN of the function that a path names, with its qualifier if it has one.</summary>
    private static string FunctionArn(RestRequest request) =>
        FunctionReference.Parse(request.Label, request.Query("Qualifier"), request.Scope, $"lambda:{request.Action}")
            .Arn(request.Scope.Region, request.Scope.AccountId);
}
