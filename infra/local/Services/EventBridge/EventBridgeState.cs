using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge;

/// <summary>What DescribeEventBus shows.</summary>
internal sealed record BusView(string Name, string Arn, string? Description, DateTimeOffset Created);

/// <summary>The state of EventBridge in one Region: buses, their rules and the rules' targets.</summary>
internal sealed class EventBridgeState : ITimedState, IDecidingState<EventBridgeEffect>
{
    private readonly SortedDictionary<string, EventBus> buses = new(StringComparer.Ordinal);

    // Of the default bus: no other has schedules.
    private readonly RuleSchedules schedules = new();

    /// <param name="defaultBusArn">The default bus is there from the start.</param>
    public EventBridgeState(string defaultBusArn, DateTimeOffset now)
    {
        buses.Add(EventBus.Default, new EventBus(EventBus.Default, defaultBusArn, null, now));
    }

    public Effects<EventBridgeEffect> Effects { get; } = new();

    public DateTimeOffset? NextDue => schedules.NextDue;

    /// <summary>
    /// Fires each time of each schedule that has come. Of a rule that comes late with more times than the bound, those
    /// past it are skipped.
    /// </summary>
    public void OnDue(DateTimeOffset now)
    {
        var fired = new Dictionary<string, int>(StringComparer.Ordinal);
        while (schedules.TakeDue(now) is (var name, var due))
        {
            Effects.Add(new FireRule(Rule(name, EventBus.Default), due));
            fired[name] = fired.GetValueOrDefault(name) + 1;
            if (fired[name] >= EventBridgeLimits.MaxLateFirings && schedules.Skip(name, now))
                Report(new ScheduleSkipped(name, due, now));
        }
    }

    public IEnumerable<BusView> Buses => buses.Values.Select(View);

    public bool Exists(string busName) => buses.ContainsKey(busName);

    /// <exception cref="Wire.AwsException">ResourceAlreadyExistsException, LimitExceededException.</exception>
    public void CreateBus(string name, string arn, string? description, DateTimeOffset now)
    {
        if (buses.ContainsKey(name)) throw EventBridgeErrors.BusExists(name);
        if (buses.Count >= EventBridgeLimits.MaxBuses) throw EventBridgeErrors.LimitExceeded();
        buses.Add(name, new EventBus(name, arn, description, now));
        Report(new EventBusCreated(name));
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public void DescribeAs(string name, string? description) => Bus(name).Description = description;

    /// <exception cref="Wire.AwsException">ResourceNotFoundException; ValidationException: it is the default bus, or
    /// has rules.</exception>
    public void DeleteBus(string name)
    {
        if (name == EventBus.Default) throw EventBridgeErrors.Validation("Cannot delete event bus default.");
        if (Bus(name).Rules.Count > 0)
            throw EventBridgeErrors.Validation($"Event bus {name} can't be deleted since it has rules.");
        buses.Remove(name);
        Report(new EventBusDeleted(name));
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public BusView DescribeBus(string name) => View(Bus(name));

    /// <summary>The rules of a bus in the order of their names.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public IReadOnlyList<Rule> Rules(string busName) => [.. Bus(busName).Rules.Values];

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public Rule Rule(string name, string busName) =>
        Bus(busName).Rules.TryGetValue(name, out var rule) ? rule : throw EventBridgeErrors.RuleNotFound(name, busName);

    /// <summary>Makes a rule, or replaces it all but its targets.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException, LimitExceededException.</exception>
    public void PutRule(Rule rule, DateTimeOffset now)
    {
        var bus = Bus(rule.BusName);
        var existing = bus.Rules.GetValueOrDefault(rule.Name);
        if (existing is null && bus.Rules.Count >= EventBridgeLimits.MaxRulesPerBus)
            throw EventBridgeErrors.LimitExceeded();
        bus.Rules[rule.Name] = rule with { Targets = existing?.Targets ?? [] };
        Follow(rule, now);
        Report(new RulePut(bus.Name, rule.Name, rule.IsEnabled));
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public void Enable(string name, string busName, bool isEnabled, DateTimeOffset now)
    {
        var rule = Rule(name, busName) with { IsEnabled = isEnabled };
        Bus(busName).Rules[name] = rule;
        Follow(rule, now);
        Report(new RulePut(busName, name, isEnabled));
    }

    /// <summary>Deletes a rule; one that does not exist is passed over.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException: no such bus; ValidationException: it has
    /// targets.</exception>
    public void DeleteRule(string name, string busName)
    {
        var bus = Bus(busName);
        if (!bus.Rules.TryGetValue(name, out var rule)) return;
        if (rule.Targets.Count > 0) throw EventBridgeErrors.Validation("Rule can't be deleted since it has targets.");
        bus.Rules.Remove(name);
        if (busName == EventBus.Default) schedules.Remove(name);
        Report(new RuleDeleted(busName, name));
    }

    /// <summary>Adds targets, or replaces those with the same ids.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException; LimitExceededException: more than
    /// five.</exception>
    public void PutTargets(string name, string busName, IReadOnlyList<RuleTarget> targets)
    {
        var rule = Rule(name, busName);
        var kept = rule.Targets.ToList();
        foreach (var target in targets)
        {
            var index = kept.FindIndex(other => other.Id == target.Id);
            if (index < 0) kept.Add(target);
            else kept[index] = target;
        }

        if (kept.Count > EventBridgeLimits.MaxTargetsPerRule) throw EventBridgeErrors.LimitExceeded();
        Bus(busName).Rules[name] = rule with { Targets = kept };
    }

    /// <returns>The ids that no target has.</returns>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public IReadOnlyList<string> RemoveTargets(string name, string busName, IReadOnlyList<string> ids)
    {
        var rule = Rule(name, busName);
        Bus(busName).Rules[name] = rule with
        {
            Targets = [.. rule.Targets.Where(target => !ids.Contains(target.Id))],
        };
        return [.. ids.Where(id => rule.Targets.All(target => target.Id != id))];
    }

    private void Follow(Rule rule, DateTimeOffset now)
    {
        if (rule.BusName == EventBus.Default) schedules.Set(rule, now);
    }

    private void Report(IFact fact) => Effects.Add(new ReportFact(fact));

    private static BusView View(EventBus bus) => new(bus.Name, bus.Arn, bus.Description, bus.Created);

    private EventBus Bus(string name) =>
        buses.TryGetValue(name, out var bus) ? bus : throw EventBridgeErrors.BusNotFound(name);
}
