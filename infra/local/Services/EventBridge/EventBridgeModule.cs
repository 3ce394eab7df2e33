using System.Text;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.EventBridge.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Amazon EventBridge: event buses and rules with patterns or schedules, over its JSON protocol.</summary>
internal sealed class EventBridgeModule : IServiceModule, IResourceProvider, ITarget, IAsyncDisposable
{
    private readonly Regional<Monitor<EventBridgeState>> buses;
    private readonly Deliveries deliveries;
    private readonly EventRouter router;

    public EventBridgeModule(ServiceContext context, EventBridgeLimits? limits = null)
    {
        var (clock, journal) = (context.Clock, context.Journal);
        limits ??= new EventBridgeLimits();
        // Passive: a jump to the next timer would otherwise end at each minute of a schedule.
        buses = new Regional<Monitor<EventBridgeState>>(region => new Monitor<EventBridgeState, EventBridgeEffect>(
            "events schedules",
            new EventBridgeState(
                Names.BusArn("aws", region, context.AccountId, EventBus.Default), clock.GetUtcNow()),
            clock, (effect, _) => Perform(effect, context.AccountId, region, journal), isPassive: true));
        deliveries = new Deliveries("event deliveries",
            new OutgoingQueue(limits.MaxPendingDeliveries, limits.MaxPendingBytes), context.Directory, clock, journal);
        router = new EventRouter(buses, deliveries, context.Identifiers, clock, journal);
        Wire = Operations();
    }

    public string SigningName => "events";

    public string Service => SigningName;

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => EventBridgeTemplateParts.Parts;

    public IReadOnlyCollection<string> ResourceTypes { get; } = [RuleProvider.BusType, RuleProvider.RuleType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(RuleProvider.Create(buses.In(declaration.Stack.Region), declaration));

    public TypeUpdates UpdatesOf(string type) => RuleProvider.UpdatesOf(buses, type);

    public bool Exists(Arn resource) =>
        Names.BusOf(resource) is { } name
        && (buses.Find(resource.Region)?.Ask((state, _) => state.Exists(name)) ?? name == EventBus.Default);

    /// <summary>Puts an event on a bus, as PutEvents does with an entry; the payload is its detail.</summary>
    /// <exception cref="AwsException">InvalidArgument: no source or no detail type; MalformedDetail;
    /// ResourceNotFoundException; ValidationException: over 1 MiB; ThrottlingException.</exception>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        if (Names.BusOf(resource) is not { } name || !Exists(resource))
            throw EventBridgeErrors.BusNotFound(resource.ToString());
        if (happened.Payload.Length > EventBridgeLimits.MaxEntriesBytes)
            throw EventBridgeErrors.Validation("Total size of the entries in the request is over the limit.");
        var entry = PutEvents.Check(happened.Source, happened.DetailType,
            Encoding.UTF8.GetString(happened.Payload.Span), time: null, happened.Resources);
        router.Put(name, entry, resource.AccountId, resource.Region);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await deliveries.DisposeAsync();
        buses.Dispose();
    }

    private void Perform(EventBridgeEffect effect, string accountId, string region, Journal journal)
    {
        switch (effect)
        {
            case ReportFact report:
                journal.Record(report.Fact);
                break;
            case FireRule fire:
                router.Fire(fire.Rule, fire.Due, accountId, region);
                break;
        }
    }

    private AwsJsonProtocol Operations()
    {
        var json = EventBridgeJson.Wire;
        return new AwsJsonProtocol("AWSEvents", "1.1", "com.amazonaws.eventbridge", EventBridgeLimits.MaxRequestBytes,
                EventBridgeErrors.NotSupported)
            .Add("PutEvents", () => json.PutEventsRequest, () => json.PutEventsResponse,
                (request, scope) => new(PutEvents.Handle(router, request, scope)),
                (request, scope) => (request.Entries ?? []).Select(entry => entry?.EventBusName).Distinct()
                    .Select(bus => OnBus("PutEvents", bus, scope)))
            .Add("CreateEventBus", () => json.CreateEventBusRequest, () => json.CreateEventBusResponse,
                (request, scope) => new(CreateEventBus.Handle(buses.In(scope.Region), request, scope)),
                (request, scope) => [OnBus("CreateEventBus", request.Name, scope)])
            .Add("DescribeEventBus", () => json.EventBusRequest, () => json.EventBusShape,
                (request, scope) => new(DescribeEventBus.Handle(buses.In(scope.Region), request)),
                (request, scope) => [OnBus("DescribeEventBus", request.Name, scope)])
            .Add("ListEventBuses", () => json.ListEventBusesRequest, () => json.ListEventBusesResponse,
                (request, scope) => new(ListEventBuses.Handle(buses.In(scope.Region), request)))
            .Add("DeleteEventBus", () => json.EventBusRequest, () => json.EmptyResponse,
                (request, scope) => new(DeleteEventBus.Handle(buses.In(scope.Region), request)),
                (request, scope) => [OnBus("DeleteEventBus", request.Name, scope)])
            .Add("PutRule", () => json.PutRuleRequest, () => json.PutRuleResponse,
                (request, scope) => new(PutRule.Handle(buses.In(scope.Region), request, scope)),
                (request, scope) => OnRule("PutRule", request.Name, request.EventBusName, scope))
            .Add("DescribeRule", () => json.RuleRequest, () => json.RuleShape,
                (request, scope) => new(DescribeRule.Handle(buses.In(scope.Region), request, scope)),
                (request, scope) => OnRule("DescribeRule", request.Name, request.EventBusName, scope))
            .Add("ListRules", () => json.ListRulesRequest, () => json.ListRulesResponse,
                (request, scope) => new(ListRules.Handle(buses.In(scope.Region), request)))
            .Add("DeleteRule", () => json.DeleteRuleRequest, () => json.EmptyResponse,
                (request, scope) => new(DeleteRule.Handle(buses.In(scope.Region), request)),
                (request, scope) => OnRule("DeleteRule", request.Name, request.EventBusName, scope))
            .Add("EnableRule", () => json.RuleRequest, () => json.EmptyResponse,
                (request, scope) => new(EnableRule.Handle(buses.In(scope.Region), request, isEnabled: true)),
                (request, scope) => OnRule("EnableRule", request.Name, request.EventBusName, scope))
            .Add("DisableRule", () => json.RuleRequest, () => json.EmptyResponse,
                (request, scope) => new(EnableRule.Handle(buses.In(scope.Region), request, isEnabled: false)),
                (request, scope) => OnRule("DisableRule", request.Name, request.EventBusName, scope))
            .Add("PutTargets", () => json.PutTargetsRequest, () => json.TargetsResponse,
                (request, scope) => new(PutTargets.Handle(buses.In(scope.Region), request)),
                (request, scope) => OnRule("PutTargets", request.Rule, request.EventBusName, scope))
            .Add("RemoveTargets", () => json.RemoveTargetsRequest, () => json.TargetsResponse,
                (request, scope) => new(RemoveTargets.Handle(buses.In(scope.Region), request)),
                (request, scope) => OnRule("RemoveTargets", request.Rule, request.EventBusName, scope))
            .Add("ListTargetsByRule", () => json.ListTargetsByRuleRequest, () => json.ListTargetsByRuleResponse,
                (request, scope) => new(ListTargetsByRule.Handle(buses.In(scope.Region), request)),
                (request, scope) => OnRule("ListTargetsByRule", request.Rule, request.EventBusName, scope))
            .Add("TestEventPattern", () => json.TestEventPatternRequest, () => json.TestEventPatternResponse,
                (request, _) => new(TestEventPattern.Handle(request)));
    }

    private static ResourceAction OnBus(string action, string? bus, CallScope scope) =>
        scope.On(action, Names.BusArn("aws", scope.Region, scope.AccountId, Names.BusOf(bus)));

    private static IEnumerable<ResourceAction> OnRule(string action, string? rule, string? bus, CallScope scope) =>
        string.IsNullOrEmpty(rule)
            ? []
            : [scope.On(action, Names.RuleArn("aws", scope.Region, scope.AccountId, Names.BusOf(bus), rule))];
}
