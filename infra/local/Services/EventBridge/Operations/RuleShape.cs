namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>A request that names a rule and nothing else.</summary>
internal sealed record RuleRequest(string? Name, string? EventBusName);

/// <summary>A rule as it is shown.</summary>
/// <param name="CreatedBy">The account; DescribeRule only.</param>
internal sealed record RuleShape(
    string Name, string Arn, string? EventPattern, string? ScheduleExpression, string State, string? Description,
    string? RoleArn, string EventBusName, string? CreatedBy)
{
    public static RuleShape Of(Rule rule, string? createdBy = null) => new(
        rule.Name, rule.Arn, rule.PatternText, rule.Schedule?.Text, PutRule.StateOf(rule), rule.Description,
        rule.RoleArn, rule.BusName, createdBy);
}
