using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>Every error that Parameter Store can answer with.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, GetParameter and PutParameter; texts as AWS answers.</remarks>
internal static class SsmErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    /// <summary>Members that break constraints of the service's model, each as a sentence of its own.</summary>
    public static AwsException Constraints(IReadOnlyList<string> constraints) => Validation(
        $"{constraints.Count} validation error{(constraints.Count == 1 ? "" : "s")} detected: "
        + string.Join("; ", constraints));

    /// <param name="value">As the message shows it: in quotes, or <c>null</c>.</param>
    public static string Constraint(string value, string member, string rule) =>
        $"Value {value} at '{member}' failed to satisfy constraint: {rule}";

    public static AwsException NotSupported(string reason) => Validation(reason);

    /// <summary>AWS sends no message with this one.</summary>
    public static AwsException NotFound() => new("ParameterNotFound", "");

    public static AwsException VersionNotFound(string selector, string name) => new("ParameterVersionNotFound",
        $"Systems Manager could not find version {selector} of {name}. Verify the version and try again.");

    public static AwsException AlreadyExists() => new("ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");

    public static AwsException LimitExceeded() => new("ParameterLimitExceeded",
        "You have exceeded the number of parameters for this AWS account. Delete one or more parameters and try "
        + "again.");

    public static AwsException TooManyLevels() => new("HierarchyLevelLimitExceededException",
        $"A hierarchy can have a maximum of {SsmLimits.MaxLevels} levels.");

    public static AwsException ReservedName(string name) =>
        new("AccessDeniedException", $"No access to reserved parameter name: {name}.");
}
