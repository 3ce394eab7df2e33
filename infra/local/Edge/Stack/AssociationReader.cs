using Isobar.Local.Deployment;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Stack;

/// <summary>Reads which functions a behavior runs at which events; refuses what CloudFront would refuse.</summary>
/// <remarks>
/// Source: Amazon CloudFront API Reference, InvalidLambdaFunctionAssociation; <see cref="FunctionDefects"/>.
/// </remarks>
internal sealed class AssociationReader(EdgeStack stack, FunctionLimits limits)
{
    private const string Arn = "LambdaFunctionARN";

    /// <returns>By event type.</returns>
    public IReadOnlyDictionary<string, FunctionAssociation> Read(PropertyReader behavior)
    {
        var functions = new Dictionary<string, FunctionAssociation>(StringComparer.Ordinal);
        foreach (var association in behavior.OptionalList("LambdaFunctionAssociations") ?? [])
        {
            var type = association.RequiredString("EventType", EventTypes.All);
            var arn = association.RequiredString(Arn);
            var includesBody = association.OptionalBoolean("IncludeBody") ?? false;
            if (includesBody && !EventTypes.IsRequest(type))
                association.Refuse("IncludeBody", $"can't be true at {type}: only requests have a body");
            if (!stack.Versions.TryGetValue(arn, out var function))
                association.Refuse(Arn, "is refused. InvalidLambdaFunctionAssociation: The function ARN must reference "
                    + $"a specific function version. (The ARN must end with the version number.) ARN: {arn}");
            else if (!functions.TryAdd(type, new FunctionAssociation(function, includesBody)))
                association.Refuse("EventType", $"{type} is associated twice");
            else
                foreach (var defect in function.Defects.Concat(Sizes(function, arn, limits.Of(type))))
                    association.Refuse(Arn, $"is refused. InvalidLambdaFunctionAssociation: {defect}");
        }

        return functions;
    }

    private static IEnumerable<string> Sizes(EdgeFunction function, string arn, EventLimits limits)
    {
        if (function.Timeout > limits.MaxTimeout)
            yield return TooLarge("timeout", "allowed", function.Timeout.TotalSeconds, limits.MaxTimeout.TotalSeconds);
        if (function.MemorySizeMb > limits.MaxMemoryMb)
            yield return TooLarge("memory size", "allowed size", function.MemorySizeMb, limits.MaxMemoryMb);
        if (function.PackageBytes > limits.MaxPackageBytes)
            yield return TooLarge("code size", "allowed size", function.PackageBytes, limits.MaxPackageBytes);

        string TooLarge(string what, string allowed, double value, double limit) =>
            $"The function {what} is larger than the maximum {allowed} for functions that are triggered by a "
            + $"CloudFront event: {value:0} Max allowed: {limit:0} Function: {arn}";
    }
}
