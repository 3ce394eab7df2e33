using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record ListRulesRequest(string? NamePrefix, string? EventBusName, int? Limit, string? NextToken);

internal sealed record ListRulesResponse(List<RuleShape> Rules, string? NextToken);

/// <summary>Lists the rules of a bus by name.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, ListRules.</remarks>
internal static class ListRules
{
    /// <exception cref="Wire.AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static ListRulesResponse Handle(Monitor<EventBridgeState> buses, ListRulesRequest request)
    {
        var all = buses.Ask((state, _) => state.Rules(Names.BusOf(request.EventBusName)));
        var page = Page.Of(all, rule => rule.Name, request.NamePrefix, request.Limit, request.NextToken);
        return new ListRulesResponse(page.Items.ConvertAll(rule => RuleShape.Of(rule)), page.Next);
    }
}
