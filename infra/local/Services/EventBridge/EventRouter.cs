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
        var matching = rules.Where(rule => rule.IsEnabled && rule.Pattern.Matches(root)).ToList();
        var made = new List<RuleDelivery>();
        var unusable = new List<TargetInputUnusable>();
        foreach (var (rule, target) in matching.SelectMany(rule => rule.Targets.Select(target => (rule, target))))
        {
            if (target.Input.Of(happened, rule, now) is { } input)
                made.Add(Delivery(happened, rule, target, input, now));
            else
                unusable.Add(new TargetInputUnusable(rule.Arn, happened.Id, target.Id));
        }

        if (!deliveries.TryAdd(made)) throw EventBridgeErrors.Throttled();
        journal.Record(new EventAccepted(
            busName, happened.Id, entry.Source, entry.DetailType, [.. matching.Select(rule => rule.Name)])
        {
            Bytes = entry.Detail.Length,
        });
        foreach (var fact in unusable) journal.Record(fact);
        return happened.Id;
    }

    private static RuleDelivery Delivery(
        BusEvent happened, Rule rule, RuleTarget target, byte[] input, DateTimeOffset now) => new()
    {
        EventId = happened.Id,
        Target = target.Arn,
        Event = new TargetEvent(input, new DeliverySource("events.amazonaws.com", rule.Arn, happened.AccountId)),
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
