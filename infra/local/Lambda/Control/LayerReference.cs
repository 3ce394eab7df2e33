using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>A layer version as a function names it.</summary>
/// <param name="LayerArn">Without the version.</param>
internal sealed partial record LayerReference(string Arn, string LayerArn, string Region, string Name)
{
    /// <summary>The ARN of a layer version, as the API's model has it.</summary>
    public const string Pattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:"
        + @"layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)";

    /// <summary>Reads a function's list and applies the rules that need no look at the layers.</summary>
    /// <param name="region">The function's.</param>
    /// <exception cref="AwsException">
    /// ValidationException: no ARN of a layer version; InvalidParameterValueException: more than five, two versions of
    /// one layer, or another Region.
    /// </exception>
    /// <remarks>Texts as recorded against AWS in November 2025.</remarks>
    public static IReadOnlyList<LayerReference> ReadAll(IReadOnlyList<string> arns, string region)
    {
        if (arns.Count > LambdaLimits.MaxLayers)
            throw LambdaErrors.InvalidParameter($"Cannot reference more than {LambdaLimits.MaxLayers} layers.");
        var references = arns.Select(Parse).ToArray();
        if (references.Contains(null))
        {
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                $"[{string.Join(", ", arns)}]", "layers",
                "satisfy constraint: [Member must have length less than or equal to 2048, Member must have length "
                + "greater than or equal to 1, Member must satisfy regular expression pattern: " + Pattern
                + ", Member must not be null]"));
        }

        foreach (var versions in references.GroupBy(reference => reference!.LayerArn))
        {
            if (versions.Skip(1).FirstOrDefault() is not { } second) continue;
            throw LambdaErrors.InvalidParameter(
                "Two different versions of the same layer are not allowed to be referenced in the same function. "
                + $"{versions.First()!.Arn} and {second.Arn} are versions of the same layer.");
        }

        if (references.Any(reference => reference!.Region != region))
        {
            throw LambdaErrors.InvalidParameter(
                "Layers are not in the same region as the function. "
                + $"Layers are expected to be in region {region}.");
        }

        return references!;
    }

    /// <returns>Null when it is no ARN of a layer version.</returns>
    public static LayerReference? Parse(string arn) => Reference().Match(arn) is { Success: true, Groups: var parts }
        ? new LayerReference(arn, parts["layer"].Value, parts["region"].Value, parts["name"].Value)
        : null;

    [GeneratedRegex(@"^(?<layer>arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z]+(-[a-z]+)+-\d):\d{12}:layer:"
        + @"(?<name>[a-zA-Z0-9-_]+)):[0-9]+\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();
}
