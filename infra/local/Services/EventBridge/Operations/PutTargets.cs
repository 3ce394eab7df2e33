using System.Globalization;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record PutTargetsRequest(string? Rule, string? EventBusName, List<TargetShape?>? Targets);

internal sealed record TargetsResponse(int FailedEntryCount, List<FailedTarget> FailedEntries);

internal sealed record FailedTarget(string TargetId, string ErrorCode, string ErrorMessage);

/// <summary>Adds targets to a rule, or replaces those with the same ids; all of them or none.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, PutTargets.</remarks>
internal static class PutTargets
{
    /// <exception cref="Wire.AwsException">ValidationException, ResourceNotFoundException,
    /// LimitExceededException.</exception>
    public static TargetsResponse Handle(Monitor<EventBridgeState> buses, PutTargetsRequest request)
    {
        var rule = Names.Check(request.Rule, "rule");
        if (request.Targets is not { } shapes) throw EventBridgeErrors.IsNull("targets");
        if (shapes.Count == 0)
            throw EventBridgeErrors.Constraint("'[]'", "targets", "Member must have length greater than or equal to 1");
        var targets = shapes.Select((shape, i) => (shape ?? new TargetShape()).Read(
            string.Create(CultureInfo.InvariantCulture, $"targets.{i + 1}.member"))).ToList();
        buses.Post((state, _) => state.PutTargets(rule, Names.BusOf(request.EventBusName), targets));
        return new TargetsResponse(0, []);
    }
}
