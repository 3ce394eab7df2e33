using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>A layer as a path names it: by its name or its ARN, without a version.</summary>
internal static partial class LayerName
{
    private const string Pattern =
        @"(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+";

    /// <returns>The name alone.</returns>
    /// <exception cref="AwsException">ValidationException: it is neither.</exception>
    public static string Of(string label)
    {
        var name = label.Split(':')[^1];
        if (NameText().IsMatch(label) && name.Length <= LambdaLimits.MaxLayerNameCharacters) return name;
        throw LambdaErrors.Validation(LambdaErrors.Constraint(
            label, "layerName", $"satisfy regular expression pattern: {Pattern}"));
    }

    [GeneratedRegex($@"^({Pattern})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NameText();
}
