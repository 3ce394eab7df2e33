using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge;

/// <summary>What DescribeEventBus shows.</summary>
internal sealed record BusView(string Name, string Arn, string? Description, DateTimeOffset Created);

/// <summary>The state of EventBridge in one Region: buses, their rules and the rules' targets.</summary>
internal sealed class EventBridgeState : IDecidingState<IFact>
{
    private readonly SortedDictionary<string, EventBus> buses = new(StringComparer.Ordinal);

    /// <param name="defaultBusArn">The default bus is there from the start.</param>
    public EventBridgeState(string defaultBusArn, DateTimeOffset now)
    {
        buses.Add(EventBus.Default, new EventBus(EventBus.Default, defaultBusArn, null, now));
    }

    public Effects<IFact> Effects { get; } = new();

    public IEnumerable<BusView> Buses => buses.Values.Select(View);

    public bool Exists(string busName) => buses.ContainsKey(busName);

    /// <exception cref="Wire.AwsException">ResourceAlreadyExistsException, LimitExceededException.</exception>
    public void CreateBus(string name, string arn, string? description, DateTimeOffset now)
    {
        if (buses.ContainsKey(name)) throw EventBridgeErrors.BusExists(name);
        if (buses.Count >= EventBridgeLimits.MaxBuses) throw EventBridgeErrors.LimitExceeded();
        buses.Add(name, new EventBus(name, arn, description, now));
        Effects.Add(new EventBusCreated(name));
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
        Effects.Add(new EventBusDeleted(name));
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
    public void PutRule(Rule rule)
    {
        var bus = Bus(rule.BusName);
        var existing = bus.Rules.GetValueOrDefault(rule.Name);
        if (existing is null && bus.Rules.Count >= EventBridgeLimits.MaxRulesPerBus)
            throw EventBridgeErrors.LimitExceeded();
        bus.Rules[rule.Name] = rule with { Targets = existing?.Targets ?? [] };
        Effects.Add(new RulePut(bus.Name, rule.Name, rule.IsEnabled));
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public void Enable(string name, string busName, bool isEnabled)
    {
        Bus(busName).Rules[name] = Rule(name, busName) with { IsEnabled = isEnabled };
        Effects.Add(new RulePut(busName, name, isEnabled));
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
        Effects.Add(new RuleDeleted(busName, name));
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

    private static BusView View(EventBus bus) => new(bus.Name, bus.Arn, bus.Description, bus.Created);

    private EventBus Bus(string name) =>
        buses.TryGetValue(name, out var bus) ? bus : throw EventBridgeErrors.BusNotFound(name);
}
