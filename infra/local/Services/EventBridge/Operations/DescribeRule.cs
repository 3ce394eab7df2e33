using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>Shows a rule without its targets.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, DescribeRule.</remarks>
internal static class DescribeRule
{
    /// <exception cref="AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static RuleShape Handle(Monitor<EventBridgeState> buses, RuleRequest request, CallScope scope)
    {
        var name = Names.Check(request.Name, "name");
        var rule = buses.Ask((state, _) => state.Rule(name, Names.BusOf(request.EventBusName)));
        return RuleShape.Of(rule, scope.AccountId);
    }
}
