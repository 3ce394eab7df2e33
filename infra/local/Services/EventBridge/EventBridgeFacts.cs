using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Services.EventBridge;

// What the journal learns from EventBridge beside its deliveries: names and numbers, never a detail.

internal sealed record EventBusCreated(string EventBus) : IFact
{
    string? IFact.Resource => FactResource.Of("events", EventBus);
}

internal sealed record EventBusDeleted(string EventBus) : IFact
{
    string? IFact.Resource => FactResource.Of("events", EventBus);
}

/// <summary>A rule was made or changed.</summary>
internal sealed record RulePut(string EventBus, string Rule, bool IsEnabled) : IFact
{
    string? IFact.Resource => FactResource.Of("events", $"{EventBus}/{Rule}");
}

internal sealed record RuleDeleted(string EventBus, string Rule) : IFact
{
    string? IFact.Resource => FactResource.Of("events", $"{EventBus}/{Rule}");
}

/// <param name="Rules">The rules whose pattern it matches.</param>
internal sealed record EventAccepted(
    string EventBus, string EventId, string Source, string DetailType, IReadOnlyList<string> Rules) : IChargedFact
{
    /// <summary>Its length in UTF-8.</summary>
    public long Bytes { get; init; }

    /// <summary>Deliveries to targets in the account are free.</summary>
    public IEnumerable<Charge> Charges => [Charge.Chunks(Meter.BusEvents, Bytes)];

    string? IFact.RequestId => EventId;

    string? IFact.Resource => FactResource.Of("events", EventBus);
}

/// <summary>A rule's schedule sent its event to the rule's targets; AWS does not charge for that.</summary>
/// <param name="Due">When the schedule said so.</param>
internal sealed record ScheduleFired(string Rule, string EventId, DateTimeOffset Due, int Targets) : IFact
{
    string? IFact.RequestId => EventId;

    string? IFact.Resource => FactResource.Of("events", $"{EventBus.Default}/{Rule}");
}

/// <summary>
/// A rule had been due more often than the host makes up for, or there was no room for its deliveries.
/// </summary>
/// <param name="After">The last time that counted.</param>
internal sealed record ScheduleSkipped(string Rule, DateTimeOffset After, DateTimeOffset Until) : IFact
{
    string? IFact.Resource => FactResource.Of("events", $"{EventBus.Default}/{Rule}");
}

/// <summary>A target's input transformer made no JSON of an event, so nothing is delivered.</summary>
/// <param name="Rule">The rule's ARN.</param>
/// <param name="Target">The target's id.</param>
internal sealed record TargetInputUnusable(string Rule, string EventId, string Target) : IFact
{
    string? IFact.RequestId => EventId;

    string? IFact.Resource => FactResource.OfArn(Rule);
}
