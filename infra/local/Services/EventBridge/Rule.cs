using Isobar.Local.Patterns;
using Isobar.Local.Services.EventBridge.Inputs;

namespace Isobar.Local.Services.EventBridge;

/// <summary>A rule; it never changes, its bus gets another in its place.</summary>
/// <param name="Arn">Names the bus too unless that is the default one.</param>
/// <param name="PatternText">As it was given; null for a rule that only a schedule fires.</param>
/// <param name="Targets">In the order they were put, five at most.</param>
internal sealed record Rule(
    string Name, string Arn, string BusName, string? PatternText, EventPattern? Pattern, bool IsEnabled,
    string? Description, string? RoleArn, IReadOnlyList<RuleTarget> Targets)
{
    /// <summary>When the rule fires by itself; null for a rule that only events fire.</summary>
    public Schedule? Schedule { get; init; }
}

/// <summary>Where a rule sends events.</summary>
/// <param name="MaxEventAge">1 min to 24 h.</param>
/// <param name="MaxRetryAttempts">0 to 185.</param>
internal sealed record RuleTarget(
    string Id, Arn Arn, string? RoleArn, TargetInput Input, Arn? DeadLetterQueue, TimeSpan MaxEventAge,
    int MaxRetryAttempts, TargetShape Shape)
{
    /// <summary>Of the messages to a queue; null for none.</summary>
    public string? MessageGroupId => Shape.SqsParameters?.MessageGroupId;
}
