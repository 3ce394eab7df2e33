using System.Text.Json;
using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Takes events, finds the rules that match and makes a delivery for each of their targets.</summary>
internal sealed class EventRouter(
    Regional<Monitor<EventBridgeState>> buses, Deliveries deliveries, Identifiers identifiers, ServiceClock clock,
    Journal journal)
{
    /// <summary>Puts one event on a bus; on one that does not exist it is lost, as on AWS.</summary>
    /// <returns>The event's id.</returns>
    /// <exception cref="Wire.AwsException">ThrottlingException: too many deliveries wait.</exception>
    public string Put(string busName, EventEntry entry, string accountId, string region)
    {
        var rules = buses.In(region).Ask((state, _) => state.Exists(busName) ? state.Rules(busName) : []);
        var now = clock.GetUtcNow();
        var happened = new BusEvent(identifiers.NewGuid().ToString(), entry.Source, entry.DetailType, accountId, region,
            entry.Time ?? now, entry.Resources, entry.Detail);
        using var document = JsonDocument.Parse(happened.ToJson());
        var root = document.RootElement;
        var matching = rules.Where(rule => rule.IsEnabled && rule.Pattern?.Matches(root) is true).ToList();
        if (!TryDeliver(happened, matching, now)) throw EventBridgeErrors.Throttled();
        journal.Record(new EventAccepted(
            busName, happened.Id, entry.Source, entry.DetailType, [.. matching.Select(rule => rule.Name)])
        {
            Bytes = entry.Detail.Length,
        });
        return happened.Id;
    }

    /// <summary>Sends the event of a rule's schedule to the rule's targets, and to no other rule's.</summary>
    /// <remarks>Source: Amazon EventBridge User Guide, "Creating a rule that runs on a schedule".</remarks>
    public void Fire(Rule rule, DateTimeOffset due, string accountId, string region)
    {
        var happened = new BusEvent(
            identifiers.NewGuid().ToString(), "aws.events", "Scheduled Event", accountId, region, due, [rule.Arn],
            "{}"u8.ToArray());
        var now = clock.GetUtcNow();
        if (TryDeliver(happened, [rule], now))
            journal.Record(new ScheduleFired(rule.Name, happened.Id, due, rule.Targets.Count));
        else
            journal.Record(new ScheduleSkipped(rule.Name, due, due));
    }

    /// <returns>False when there is no room for the deliveries: none is made.</returns>
    private bool TryDeliver(BusEvent happened, IReadOnlyList<Rule> rules, DateTimeOffset now)
    {
        var made = new List<RuleDelivery>();
        var unusable = new List<TargetInputUnusable>();
        foreach (var (rule, target) in rules.SelectMany(rule => rule.Targets.Select(target => (rule, target))))
        {
            if (target.Input.Of(happened, rule, now) is { } input)
                made.Add(Delivery(happened, rule, target, input, now));
            else
                unusable.Add(new TargetInputUnusable(rule.Arn, happened.Id, target.Id));
        }

        if (!deliveries.TryAdd(made)) return false;
        foreach (var fact in unusable) journal.Record(fact);
        return true;
    }

    private static RuleDelivery Delivery(
        BusEvent happened, Rule rule, RuleTarget target, byte[] input, DateTimeOffset now) => new()
    {
        EventId = happened.Id,
        Target = target.Arn,
        Event = new TargetEvent(input, new DeliverySource("events.amazonaws.com", rule.Arn, happened.AccountId))
        {
            MessageGroupId = target.MessageGroupId,
        },
        Accepted = now,
        To = target,
    };
}

/// <summary>An entry of PutEvents that was found valid.</summary>
/// <param name="Time">Null for the time of the call.</param>
/// <param name="Detail">A JSON object, UTF-8.</param>
internal sealed record EventEntry(
    string Source, string DetailType, DateTimeOffset? Time, IReadOnlyList<string> Resources,
    ReadOnlyMemory<byte> Detail);
