using Isobar.Local.History;

namespace Isobar.Local.Services.EventBridge;

/// <summary>What the state of EventBridge decides.</summary>
internal abstract record EventBridgeEffect;

/// <summary>Record a fact in the journal.</summary>
internal sealed record ReportFact(IFact Fact) : EventBridgeEffect;

/// <summary>Send the event of a schedule to the rule's targets.</summary>
/// <param name="Due">When the schedule said so, which may be before now.</param>
internal sealed record FireRule(Rule Rule, DateTimeOffset Due) : EventBridgeEffect;
