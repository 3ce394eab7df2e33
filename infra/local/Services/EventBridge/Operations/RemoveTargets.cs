using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <param name="Force">Needed for rules that AWS manages; there are none here.</param>
internal sealed record RemoveTargetsRequest(string? Rule, string? EventBusName, List<string?>? Ids, bool? Force);

/// <summary>Removes targets from a rule; ids that it has not fail one by one.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, RemoveTargets.</remarks>
internal static class RemoveTargets
{
    /// <exception cref="Wire.AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static TargetsResponse Handle(Monitor<EventBridgeState> buses, RemoveTargetsRequest request)
    {
        var rule = Names.Check(request.Rule, "rule");
        if (request.Ids is not { } given) throw EventBridgeErrors.IsNull("ids");
        if (given.Count == 0)
            throw EventBridgeErrors.Constraint("'[]'", "ids", "Member must have length greater than or equal to 1");
        var ids = given.ConvertAll(id => Names.Check(id, "ids"));
        var unknown = buses.Ask((state, _) => state.RemoveTargets(rule, Names.BusOf(request.EventBusName), ids));
        return new TargetsResponse(unknown.Count, [.. unknown.Select(id =>
            new FailedTarget(
                id, "ResourceNotFoundException", $"Rule {rule} does not have a target with the Id {id}."))]);
    }
}
