using System.Buffers;
using System.Text.RegularExpressions;
using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>A function as a caller names it: name, <c>name:qualifier</c>, partial ARN or full ARN.</summary>
/// <param name="Qualifier">The version or alias, or null when the caller gave none.</param>
internal readonly partial record struct FunctionReference(string Name, string? Qualifier)
{
    private const string NamePattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    private const string QualifierPattern = @"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The ARN with the qualifier that the caller gave, if any.</summary>
    public string Arn(string region, string accountId) => Qualifier is null
        ? $"arn:aws:lambda:{region}:{accountId}:function:{Name}"
        : $"arn:aws:lambda:{region}:{accountId}:function:{Name}:{Qualifier}";

    /// <summary>Reads what a template names: a name, an ARN, or an ARN with a qualifier.</summary>
    /// <returns>Null when it is neither.</returns>
    public static FunctionReference? OfTemplate(string nameOrArn) => nameOrArn.Split(':') switch
    {
        [var name] => new FunctionReference(name, null),
        ["arn", _, "lambda", _, _, "function", var name] => new FunctionReference(name, null),
        ["arn", _, "lambda", _, _, "function", var name, var qualifier] => new FunctionReference(name, qualifier),
        _ => null,
    };

    /// <summary>Reads the property FunctionName of a resource that is about a function, not about a version.</summary>
    /// <returns>No name when the property has been refused.</returns>
    public static FunctionReference OfWholeFunction(PropertyReader properties)
    {
        if (OfTemplate(properties.RequiredString("FunctionName")) is { Qualifier: null } function) return function;
        properties.Refuse("FunctionName", "must be a function's name or ARN without a qualifier");
        return default;
    }

    /// <summary>Reads the name in the path and the Qualifier in the query.</summary>
    /// <param name="action">For example <c>lambda:InvokeFunction</c>, named when the account is another one.</param>
    /// <exception cref="AwsException">
    /// ValidationException: a pattern or length; InvalidParameterValueException: two different qualifiers;
    /// ResourceNotFoundException: another Region; AccessDeniedException: another account.
    /// </exception>
    public static FunctionReference Parse(string name, string? qualifier, CallScope scope, string action)
    {
        // The usual request names the function plainly, and should not pay for a pattern that knows ARNs.
        if (IsPlain(name, LambdaLimits.MaxFunctionNameCharacters)
            && (qualifier is null || IsPlain(qualifier, LambdaLimits.MaxQualifierCharacters)))
            return new FunctionReference(name, qualifier);
        if (qualifier is null && OfPlainPair(name) is { } pair) return pair;

        Validate(name, qualifier);
        var parts = Reference().Match(name).Groups;
        if (parts["region"] is { Success: true } region && region.Value != scope.Region)
            throw LambdaErrors.NotReachable(region.Value, scope.Region);
        if (parts["account"] is { Success: true } account && account.Value != scope.AccountId)
            throw LambdaErrors.AccessDenied(action, name);
        var derived = parts["qualifier"] is { Success: true } own ? own.Value : null;
        if (derived is not null && qualifier is not null && derived != qualifier)
            throw LambdaErrors.QualifierMismatch();
        return new FunctionReference(parts["name"].Value, derived ?? qualifier);
    }

    /// <summary>Reads <c>name:alias</c> or <c>name:version</c>, the other usual form.</summary>
    /// <returns>Null for every other form, such as <c>function:name</c>.</returns>
    private static FunctionReference? OfPlainPair(string text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || colon == text.Length - 1) return null;
        var (name, qualifier) = (text[..colon], text[(colon + 1)..]);
        return name != "function" && IsPlain(name, LambdaLimits.MaxFunctionNameCharacters)
            && IsPlain(qualifier, LambdaLimits.MaxQualifierCharacters)
            ? new FunctionReference(name, qualifier)
            : null;
    }

    private static bool IsPlain(string text, int maxLength) =>
        text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    private static void Validate(string name, string? qualifier)
    {
        var errors = new List<string>();
        if (qualifier is not null)
        {
            if (qualifier.Length > LambdaLimits.MaxQualifierCharacters)
                errors.Add(LambdaErrors.Constraint(qualifier, "qualifier",
                    $"have length less than or equal to {LambdaLimits.MaxQualifierCharacters}"));
            else if (!QualifierText().IsMatch(qualifier))
                errors.Add(LambdaErrors.Constraint(qualifier, "qualifier",
                    $"satisfy regular expression pattern: {QualifierPattern}"));
        }

        if (!Reference().IsMatch(name))
            errors.Add(LambdaErrors.Constraint(name, "functionName",
                $"satisfy regular expression pattern: {NamePattern}"));
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
    }

    // The published pattern with names for its groups, and with a full ARN's parts required together as AWS does.
    [GeneratedRegex(@"^(arn:aws[a-zA-Z-]*:lambda:(?<region>(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d):"
        + @"(?<account>\d{12}):function:|(?<account>\d{12}):function:|function:)?(?<name>[a-zA-Z0-9-_.]+)"
        + @"(:(?<qualifier>\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex QualifierText();
}
