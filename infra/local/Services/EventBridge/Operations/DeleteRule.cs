using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <param name="Force">Needed for rules that AWS manages; there are none here.</param>
internal sealed record DeleteRuleRequest(string? Name, string? EventBusName, bool? Force);

/// <summary>Deletes a rule without targets.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, DeleteRule.</remarks>
internal static class DeleteRule
{
    /// <exception cref="Wire.AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static EmptyResponse Handle(Monitor<EventBridgeState> buses, DeleteRuleRequest request)
    {
        var name = Names.Check(request.Name, "name");
        buses.Post((state, _) => state.DeleteRule(name, Names.BusOf(request.EventBusName)));
        return new EmptyResponse();
    }
}
