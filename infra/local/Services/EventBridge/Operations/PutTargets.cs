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
        for (var i = 0; i < shapes.Count; i++)
        {
            (shapes[i] ?? new TargetShape()).CheckMembers(
                string.Create(CultureInfo.InvariantCulture, $"targets.{i + 1}.member"));
        }

        var bus = Names.BusOf(request.EventBusName);
        buses.Ask((state, _) => state.Rule(rule, bus));
        var targets = shapes.ConvertAll(shape => shape!.Read());
        buses.Post((state, _) => state.PutTargets(rule, bus, targets));
        return new TargetsResponse(0, []);
    }
}
