using Isobar.Local.Ownership;
using Isobar.Local.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record PutRuleRequest(
    string? Name, string? ScheduleExpression, string? EventPattern, string? State, string? Description, string? RoleArn,
    string? EventBusName);

internal sealed record PutRuleResponse(string RuleArn);

/// <summary>Makes a rule, or changes it; its targets stay.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, PutRule.</remarks>
internal static class PutRule
{
    private const string Enabled = "ENABLED";
    private const string Disabled = "DISABLED";

    /// <exception cref="AwsException">ValidationException, InvalidEventPatternException, ResourceNotFoundException,
    /// LimitExceededException.</exception>
    public static PutRuleResponse Handle(Monitor<EventBridgeState> buses, PutRuleRequest request, CallScope scope)
    {
        var name = Names.Check(request.Name, "name");
        var bus = Names.BusOf(request.EventBusName);
        if (request.State is not (null or Enabled or Disabled))
        {
            throw EventBridgeErrors.Constraint(
                $"'{request.State}'", "state", $"Member must satisfy enum value set: [{Enabled}, {Disabled}]");
        }

        // AWS looks for the bus before it checks the rule's pattern.
        buses.Ask((state, _) => state.DescribeBus(bus));
        var schedule = EventSchedule.Read(NotEmpty(request.ScheduleExpression), bus);
        var text = NotEmpty(request.EventPattern);
        if (text is null && schedule is null)
            throw EventBridgeErrors.Validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        var rule = new Rule(
            name, Names.RuleArn("aws", scope.Region, scope.AccountId, bus, name), bus, text,
            text is null ? null : ReadPattern(text), request.State != Disabled, request.Description,
            request.RoleArn, [])
        {
            Schedule = schedule,
        };
        buses.Post((state, now) => state.PutRule(rule, now));
        return new PutRuleResponse(rule.Arn);
    }

    public static string StateOf(Rule rule) => rule.IsEnabled ? Enabled : Disabled;

    /// <exception cref="AwsException">InvalidEventPatternException.</exception>
    public static EventPattern ReadPattern(string text)
    {
        if (text.Length > EventBridgeLimits.MaxPatternLength) throw EventBridgeErrors.PatternTooLong();
        try
        {
            return EventPattern.Read(text, PatternDialect.EventBridge);
        }
        catch (PatternException e)
        {
            throw EventBridgeErrors.InvalidPattern(e);
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
