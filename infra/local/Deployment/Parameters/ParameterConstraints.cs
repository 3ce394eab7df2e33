using System.Text.RegularExpressions;

namespace Isobar.Local.Deployment.Parameters;

/// <summary>The constraints of one parameter against one value, in CloudFormation's words.</summary>
internal static class ParameterConstraints
{
    /// <summary>The time to match a pattern; one that takes longer is an error.</summary>
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <param name="values">The items of a list type, else the one value.</param>
    /// <returns>Null when the value is allowed.</returns>
    public static string? Violation(ParameterDeclaration parameter, IReadOnlyList<string> values)
    {
        var problem = values.Select(value => Violation(parameter, value)).FirstOrDefault(found => found is not null);
        if (problem is null) return null;
        return parameter.ConstraintDescription is { } description
            ? $"Parameter {parameter.Name} failed to satisfy constraint: {description}"
            : $"Parameter '{parameter.Name}' {problem}";
    }

    private static string? Violation(ParameterDeclaration parameter, string value)
    {
        if (parameter.AllowedValues is { Count: > 0 } allowed && allowed.All(scalar => scalar.Text != value))
        {
            return $"must be one of AllowedValues: {string.Join(", ", allowed.Select(scalar => scalar.Text))}";
        }

        if (parameter.AllowedPattern is { } pattern && !Matches(pattern, value))
        {
            return $"must match pattern {pattern}";
        }

        if (parameter.IsNumber) return NumberViolation(parameter, value);
        if (value.Length < parameter.MinLength) return $"must contain at least {parameter.MinLength} characters";
        if (value.Length > parameter.MaxLength) return $"must contain at most {parameter.MaxLength} characters";
        return null;
    }

    private static string? NumberViolation(ParameterDeclaration parameter, string value)
    {
        var number = new Templates.TemplateScalar(parameter.Location, value, IsPlain: true).AsNumber();
        if (number is null) return "must be a number";
        if (number < parameter.MinValue) return $"must be a number not less than {parameter.MinValue}";
        if (number > parameter.MaxValue) return $"must be a number not greater than {parameter.MaxValue}";
        return null;
    }

    /// <remarks>The whole value must match. Source: CloudFormation User Guide, Parameters, AllowedPattern.</remarks>
    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
