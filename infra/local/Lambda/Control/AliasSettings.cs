using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>What a request or a template says about an alias; null is not said.</summary>
/// <param name="Weights">By version, the share of the invocations that it gets; empty for none.</param>
internal sealed record AliasSettings(
    string? Version, string? Description, IReadOnlyDictionary<string, double>? Weights, string? RevisionId)
{
    // Source: AWS Lambda API Reference, AliasRoutingConfiguration; the spelling of the errors is recorded.
    private const string Range = "Map value must satisfy constraint: [Member must have value less than or equal to "
        + "1.0, Member must have value greater than or equal to 0.0, Member must not be null]";

    private const string Keys = "Map keys must satisfy constraint: [Member must have length less than or equal to "
        + "1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: "
        + "[0-9]+]";

    /// <exception cref="AwsException">ValidationException: a weight or its version has the wrong form;
    /// InvalidParameterValueException: more than one additional version.</exception>
    public void Validate()
    {
        if (Description?.Length > LambdaLimits.MaxDescriptionCharacters)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                Description, "description",
                $"have length less than or equal to {LambdaLimits.MaxDescriptionCharacters}"));
        if (Weights is null) return;
        if (Weights.Values.Any(weight => weight is not (>= 0 and <= 1))) throw Refuse(Range);
        if (Weights.Keys.Any(version => version.Length is 0 or > 1_024 || !version.All(char.IsAsciiDigit)))
            throw Refuse(Keys);
        if (Weights.Count > 1)
            throw LambdaErrors.InvalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
    }

    private AwsException Refuse(string constraint)
    {
        // As Java writes a map of doubles: {2=0.5}.
        var shown = string.Join(", ", Weights!.Select(weight => string.Create(
            CultureInfo.InvariantCulture, $"{weight.Key}={weight.Value:0.0###############}")));
        return LambdaErrors.Validation($"Value '{{{shown}}}' at 'routingConfig.additionalVersionWeights' failed to "
            + $"satisfy constraint: {constraint}");
    }
}
