using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

internal sealed record PutParameterRequest(
    string? Name, string? Value, string? Type, string? DataType, bool? Overwrite, string? Tier);

internal sealed record PutParameterResponse(string Tier, long Version);

/// <summary>Writes a String parameter's first or, with Overwrite, next version.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, PutParameter.</remarks>
internal static class PutParameter
{
    public const string StringType = "String";
    public const string TextData = "text";
    public const string StandardTier = "Standard";

    /// <exception cref="AwsException">ValidationException, AccessDeniedException,
    /// HierarchyLevelLimitExceededException, ParameterAlreadyExists, ParameterLimitExceeded.</exception>
    public static PutParameterResponse Handle(
        Monitor<SsmState> parameters, PutParameterRequest request, string region, string accountId)
    {
        CheckModel(request);
        var (name, value) = (request.Name!, request.Value!);
        ParameterName.Check(name, region, accountId);
        CheckSettings(request);
        var written = parameters.Ask((state, now) =>
            request.Type is null && !state.Exists(name)
                ? throw SsmErrors.Validation("A parameter type is required when you create a parameter.")
                : state.Put(name, value, request.Overwrite is true, now));
        return new PutParameterResponse(StandardTier, written.Version);
    }

    /// <summary>The constraints that the service's model states, all of them at once.</summary>
    private static void CheckModel(PutParameterRequest request)
    {
        var errors = new List<string>();
        if (request.Value is null) errors.Add(SsmErrors.Constraint("null", "value", "Member must not be null"));
        else if (request.Value.Length == 0) errors.Add(TooShort("value"));
        if (request.Name is null) errors.Add(SsmErrors.Constraint("null", "name", "Member must not be null"));
        else if (request.Name.Length == 0) errors.Add(TooShort("name"));
        else if (request.Name.Length > SsmLimits.MaxNameCharacters)
            errors.Add(SsmErrors.Constraint($"'{request.Name}'", "name",
                $"Member must have length less than or equal to {SsmLimits.MaxNameCharacters}"));
        OneOf(errors, request.Type, "type", "SecureString, StringList, String");
        OneOf(errors, request.Tier, "tier", "Advanced, Intelligent-Tiering, Standard");
        if (errors.Count > 0) throw SsmErrors.Constraints(errors);
    }

    private static void CheckSettings(PutParameterRequest request)
    {
        if (request.DataType is not (null or TextData))
            throw SsmErrors.Validation(
                $"The following data type is not supported: {request.DataType} (Data type names are all lowercase.)");
        if (request.Type is not (null or StringType))
            throw SsmErrors.NotSupported($"The parameter type {request.Type} is not supported.");
        if (request.Tier is not (null or StandardTier))
            throw SsmErrors.NotSupported($"The parameter tier {request.Tier} is not supported.");
        if (request.Value!.Length > SsmLimits.MaxValueCharacters)
            throw SsmErrors.Validation("Standard tier parameters support a maximum parameter value of "
                + $"{SsmLimits.MaxValueCharacters} characters. To create a larger parameter value, upgrade the "
                + "parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/"
                + "systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
    }

    private static string TooShort(string member) =>
        SsmErrors.Constraint("''", member, "Member must have length greater than or equal to 1");

    private static void OneOf(List<string> errors, string? value, string member, string values)
    {
        if (value is null || values.Split(", ").Contains(value)) return;
        errors.Add(SsmErrors.Constraint($"'{value}'", member, $"Member must satisfy enum value set: [{values}]"));
    }
}
