using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>Lets a rule match events and fire by its schedule, or not; EnableRule and DisableRule.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, EnableRule, DisableRule.</remarks>
internal static class EnableRule
{
    /// <exception cref="Wire.AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static EmptyResponse Handle(Monitor<EventBridgeState> buses, RuleRequest request, bool isEnabled)
    {
        var name = Names.Check(request.Name, "name");
        buses.Post((state, now) => state.Enable(name, Names.BusOf(request.EventBusName), isEnabled, now));
        return new EmptyResponse();
    }
}
