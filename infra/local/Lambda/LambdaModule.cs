using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Control.Operations;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Delivery.Operations;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Lambda.EventSources.Operations;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda;

/// <summary>What the Lambda service is given.</summary>
/// <param name="Region">The one Region whose functions exist.</param>
/// <param name="Credentials">What execution roles give to processes.</param>
/// <param name="Queues">The services whose queues mappings can read.</param>
/// <param name="Targets">Where the records of asynchronous events go.</param>
internal sealed record LambdaSurroundings(
    string Region, RoleCredentials Credentials, CodeSource Source, CodeStore Store, IEnvironmentPool Pool,
    IReadOnlyCollection<IQueueSource> Queues, TargetDirectory Targets, ServiceClock Clock, Activity Activity,
    Journal Journal, Identifiers Identifiers);

/// <summary>AWS Lambda on top of the execution environments: invocations, events and event source mappings.</summary>
internal sealed class LambdaModule : IServiceModule, ITarget, IInvoker, IAsyncDisposable
{
    /// <summary>
    /// How long invocations under way may take to end when the host stops; then their processes are ended.
    /// </summary>
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(5);

    private readonly LambdaSurroundings around;
    private readonly Monitor<FunctionRegistry> functions;
    private readonly Monitor<LayerRegistry> layers;
    private readonly Invoker invoker;
    private readonly Monitor<EventInvokeConfigs> configs;
    private readonly Destinations destinations;
    private readonly AsynchronousDelivery delivery;
    private readonly EventSourceMappings mappings;

    public LambdaModule(LambdaSurroundings around)
    {
        this.around = around;
        functions = new Monitor<FunctionRegistry>("lambda functions", new FunctionRegistry(), around.Clock);
        layers = new Monitor<LayerRegistry>("lambda layers", new LayerRegistry(), around.Clock);
        invoker = new Invoker(functions, around.Pool, around.Activity, around.Journal);
        configs = new Monitor<EventInvokeConfigs>(
            "lambda event invoke configurations", new EventInvokeConfigs(), around.Clock);
        destinations = new Destinations(
            around.Targets, around.Clock, around.Activity, around.Journal, around.Identifiers);
        delivery = new AsynchronousDelivery(new DeliverySurroundings(
            invoker, Find, ConfigOf, destinations, around.Clock, around.Activity, around.Journal));
        var changes = new EventInvokeConfigChanges(configs, Find, arn => Named(arn) is not null, around.Clock);
        mappings = new EventSourceMappings(around.Queues, new MappingSurroundings(
            invoker, Find, around.Clock, around.Activity, around.Journal, around.Identifiers));
        Providers =
        [
            new LayerProvider(layers, around.Source, around.Store, around.Clock),
            new FunctionProvider(
                functions, new FunctionLayers(layers, around.Store), around.Source, around.Store, around.Credentials,
                around.Identifiers, around.Clock),
            new EventInvokeConfigProvider(changes),
            new MappingProvider(mappings),
        ];

        var get = new GetFunction(functions, around.Region);
        var list = new ListLayers(layers);
        var wire = new RestJsonProtocol(LambdaLimits.MaxRequestBytes)
            .Add("POST", "/2015-03-31/functions/{FunctionName}/invocations", new Control.Operations.Invoke(
                functions, invoker, delivery, around.Region, around.Identifiers, around.Clock).HandleAsync)
            .Add("GET", "/2015-03-31/functions", new ListFunctions(functions, around.Region).HandleAsync)
            .Add("GET", "/2015-03-31/functions/", new ListFunctions(functions, around.Region).HandleAsync)
            .Add("GET", "/2015-03-31/functions/{FunctionName}", get.HandleAsync)
            .Add("GET", "/2015-03-31/functions/{FunctionName}/configuration", get.HandleConfigurationAsync)
            .Add("GET", "/2018-10-31/layers", list.HandleAsync)
            .Add("GET", "/2018-10-31/layers/{LayerName}/versions", list.HandleVersionsAsync)
            .Add("GET", "/2015-03-31/event-source-mappings", new ListEventSourceMappings(mappings).HandleAsync)
            .Add("GET", "/2015-03-31/event-source-mappings/", new ListEventSourceMappings(mappings).HandleAsync)
            .Add("GET", "/2015-03-31/event-source-mappings/{UUID}", new GetEventSourceMapping(mappings).HandleAsync);
        Wire = AddInvocationSettings(wire, changes);
    }

    public string SigningName => "lambda";

    public IWireProtocol Wire { get; }

    /// <summary>What deploys functions and event source mappings from the template.</summary>
    public IReadOnlyList<IResourceProvider> Providers { get; }

    string ITarget.Service => SigningName;

    string IInvoker.Service => SigningName;

    public bool Exists(Arn resource) => Named(resource) is not null;

    /// <summary>Invokes a function asynchronously.</summary>
    /// <param name="payload">JSON, at most 1 MiB; it is copied.</param>
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; RequestTooLargeException; InvalidRequestContentException; ServiceException: the
    /// queue of asynchronous events is full.
    /// </exception>
    public ValueTask DeliverAsync(Arn resource, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        DeliverAsync(resource, new TargetEvent(payload), cancellationToken);

    /// <summary>Invokes a function asynchronously, with the trace that the event is part of.</summary>
    /// <exception cref="AwsException">As the overload beside it.</exception>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        var payload = happened.Payload;
        var function = Named(resource) ?? throw LambdaErrors.FunctionNotFound(resource.ToString());
        if (payload.Length > LambdaLimits.MaxAsynchronousPayloadBytes)
            throw LambdaErrors.RequestTooLarge(payload.Length, "Event", LambdaLimits.MaxAsynchronousPayloadBytes);
        InvocationPayload.Validate(payload.Span);
        var request = new InvocationRequest(
            around.Identifiers.NewGuid().ToString(), payload.ToArray(), function.Configuration.Arn)
        {
            TraceId = TraceHeader.Rebuild(happened.TraceHeader, around.Identifiers, around.Clock.GetUtcNow()),
        };
        delivery.Accept(function.Name, request);
        return ValueTask.CompletedTask;
    }

    async ValueTask<InvocationAnswer> IInvoker.InvokeAsync(
        Arn function, ReadOnlyMemory<byte> payload, string? traceId, CancellationToken cancellationToken)
    {
        var found = Named(function) ?? throw LambdaErrors.FunctionNotFound(function.ToString());
        if (payload.Length > LambdaLimits.MaxSynchronousPayloadBytes)
            throw LambdaErrors.RequestTooLarge(
                payload.Length, "RequestResponse", LambdaLimits.MaxSynchronousPayloadBytes);
        InvocationPayload.Validate(payload.Span);
        var request = new InvocationRequest(around.Identifiers.NewGuid().ToString(), payload, function.ToString())
        {
            TraceId = TraceHeader.Rebuild(traceId, around.Identifiers, around.Clock.GetUtcNow()),
        };
        var outcome = await invoker.InvokeAsync(found.Name, request, cancellationToken)
            ?? throw LambdaErrors.FunctionNotFound(function.ToString());
        return new InvocationAnswer(outcome.Payload, outcome.FunctionError, outcome.ExecutedVersion);
    }

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
        functions.Dispose();
        layers.Dispose();
    }

    private RestJsonProtocol AddInvocationSettings(RestJsonProtocol wire, EventInvokeConfigChanges changes)
    {
        const string config = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
        return wire
            .Add("PUT", config, new PutFunctionEventInvokeConfig(changes).HandleAsync)
            .Add("POST", config, new UpdateFunctionEventInvokeConfig(changes).HandleAsync)
            .Add("GET", config, new GetFunctionEventInvokeConfig(changes).HandleAsync)
            .Add("DELETE", config, new DeleteFunctionEventInvokeConfig(changes).HandleAsync)
            .Add("GET", config + "/list", new ListFunctionEventInvokeConfigs(changes).HandleAsync)
            .Add("PUT", "/2017-10-31/functions/{FunctionName}/concurrency",
                new PutFunctionConcurrency(functions, around.Region).HandleAsync)
            .Add("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency",
                new DeleteFunctionConcurrency(functions, around.Region).HandleAsync)
            .Add("GET", "/2019-09-30/functions/{FunctionName}/concurrency",
                new GetFunctionConcurrency(functions, around.Region).HandleAsync);
    }

    private EventInvokeConfig ConfigOf(DeployedFunction? function) => function is null
        ? EventInvokeConfig.Standard
        : configs.Ask((state, _) => state.Find(function.Configuration.Arn + ":$LATEST")) ?? EventInvokeConfig.Standard;

    private DeployedFunction? Find(string name) => functions.Ask((registry, _) => registry.Find(name));

    /// <summary>Versions and aliases are not built yet, so only unqualified ARNs name something.</summary>
    private DeployedFunction? Named(Arn resource) =>
        resource.Service == SigningName && resource.Region == around.Region
        && resource.Resource.Split(':') is ["function", var name, .. var qualifier] && qualifier is ([] or ["$LATEST"])
            ? Find(name)
            : null;
}
