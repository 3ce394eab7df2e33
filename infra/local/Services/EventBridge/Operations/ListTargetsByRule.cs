using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record ListTargetsByRuleRequest(string? Rule, string? EventBusName, int? Limit, string? NextToken);

internal sealed record ListTargetsByRuleResponse(List<TargetShape> Targets, string? NextToken);

/// <summary>Lists a rule's targets by id, as they were put.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, ListTargetsByRule.</remarks>
internal static class ListTargetsByRule
{
    /// <exception cref="Wire.AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static ListTargetsByRuleResponse Handle(Monitor<EventBridgeState> buses, ListTargetsByRuleRequest request)
    {
        var name = Names.Check(request.Rule, "rule");
        var rule = buses.Ask((state, _) => state.Rule(name, Names.BusOf(request.EventBusName)));
        var page = Page.Of(rule.Targets.OrderBy(target => target.Id, StringComparer.Ordinal),
            target => target.Id, null, request.Limit, request.NextToken);
        return new ListTargetsByRuleResponse(page.Items.ConvertAll(target => target.Shape), page.Next);
    }
}
