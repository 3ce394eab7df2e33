using System.Text.RegularExpressions;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Checks and keeps aliases, whoever asks: the API or a template.</summary>
/// <remarks>Source: AWS Lambda API Reference, CreateAlias and UpdateAlias; texts and the order of the checks as
/// recorded.</remarks>
internal sealed partial class AliasChanges(Monitor<FunctionRegistry> functions, Identifiers identifiers)
{
    private const string NamePattern = "(?!^[0-9]+$)([a-zA-Z0-9-_]+)";

    /// <param name="arn">The function's ARN, without a qualifier.</param>
    /// <exception cref="AwsException">
    /// ValidationException, InvalidParameterValueException: a setting; ResourceNotFoundException: the function or a
    /// version; ResourceConflictException: the alias exists.
    /// </exception>
    public FunctionAlias Create(string function, string arn, string name, AliasSettings settings)
    {
        ValidateName(name);
        if (settings.Version is not { } version)
            throw LambdaErrors.Validation(
                "Value null at 'functionVersion' failed to satisfy constraint: Member must not be null");
        settings.Validate();
        var revision = identifiers.NewGuid().ToString();
        return functions.Ask((registry, _) =>
        {
            var entry = registry.Entry(function) ?? throw LambdaErrors.FunctionNotFound($"{arn}:{version}");
            var alias = Applied(
                entry, arn, new FunctionAlias(name, version, "", revision), settings);
            if (entry.Alias(name) is not null)
                throw LambdaErrors.Conflict($"Alias already exists: {arn}:{name}");
            entry.Put(alias);
            return alias;
        });
    }

    /// <exception cref="AwsException">
    /// Besides those of <see cref="Create"/>, ResourceNotFoundException: there is no such alias;
    /// PreconditionFailedException: the revision is another one.
    /// </exception>
    public FunctionAlias Update(string function, string arn, string name, AliasSettings settings)
    {
        settings.Validate();
        var revision = identifiers.NewGuid().ToString();
        return functions.Ask((registry, _) =>
        {
            var entry = registry.Entry(function);
            var alias = entry?.Alias(name)
                ?? throw LambdaErrors.NotFound($"Alias not found: {arn}:{name}");
            if (settings.RevisionId is { Length: > 0 } expected && expected != alias.RevisionId)
                throw LambdaErrors.WrongRevision();
            var changed = Applied(entry!, arn, alias with { RevisionId = revision }, settings);
            entry!.Put(changed);
            return changed;
        });
    }

    /// <summary>Deletes an alias; one that is not there is passed over, as AWS does.</summary>
    public void Delete(string function, string name) =>
        functions.Post((registry, _) => registry.Entry(function)?.DeleteAlias(name));

    /// <summary>Says of a name whether an alias may have it.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static void ValidateName(string name)
    {
        if (name.Length > LambdaLimits.MaxQualifierCharacters)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                name, "name", $"have length less than or equal to {LambdaLimits.MaxQualifierCharacters}"));
        if (!Name().IsMatch(name))
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                name, "name", $"satisfy regular expression pattern: {NamePattern}"));
    }

    private static FunctionAlias Applied(
        FunctionEntry entry, string arn, FunctionAlias alias, AliasSettings settings)
    {
        var changed = alias with
        {
            Version = settings.Version ?? alias.Version,
            Description = settings.Description ?? alias.Description,
            Additional = settings.Weights is { } weights
                ? weights.Select(weight => new WeightedVersion(weight.Key, weight.Value)).FirstOrDefault()
                : alias.Additional,
        };
        if (changed.Additional is { } additional)
        {
            if (changed.Version == ResolvedFunction.Latest)
                throw LambdaErrors.LatestHasNoWeights();
            if (additional.Version == changed.Version)
                throw LambdaErrors.InvalidParameter($"Invalid function version {changed.Version}. Function version "
                    + $"{changed.Version} is already included in routing configuration.");
        }

        var first = Version(entry, arn, changed.Version);
        if (changed.Additional is { } second) CheckTogether(first, Version(entry, arn, second.Version));
        return changed;
    }

    private static DeployedFunction Version(FunctionEntry entry, string arn, string version) =>
        (version == ResolvedFunction.Latest || version.All(char.IsAsciiDigit) ? entry.Find(version) : null)
            ?? throw LambdaErrors.FunctionNotFound($"{arn}:{version}");

    // AWS documents both rules; its words for a refusal are not recorded.
    private static void CheckTogether(DeployedFunction first, DeployedFunction second)
    {
        if (first.Role != second.Role)
            throw LambdaErrors.InvalidParameter(
                "Both versions of an alias with a routing configuration must have the same execution role.");
        if (first.DeadLetterTarget != second.DeadLetterTarget)
            throw LambdaErrors.InvalidParameter("Both versions of an alias with a routing configuration must have the "
                + "same dead-letter queue configuration, or none.");
    }

    [GeneratedRegex(@"^(?!^[0-9]+\z)[a-zA-Z0-9-_]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
