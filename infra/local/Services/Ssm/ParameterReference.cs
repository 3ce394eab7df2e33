using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>What a request for a parameter names: a name or an ARN, with a version or a label behind it or not.
/// </summary>
/// <param name="Names">What the name may be: an ARN does not tell whether the name has a slash in front.</param>
/// <param name="Selector">What stands behind the colon; null when nothing does.</param>
internal sealed record ParameterReference(string[] Names, string? Selector)
{
    private const string ArnResource = "parameter";

    /// <returns>Null for an ARN of elsewhere or of something else.</returns>
    public static ParameterReference? TryParse(string given, CallScope scope)
    {
        if (Arn.TryParse(given) is not { } arn)
            return given.Split(':', 2) is [var plain, var version] ? new([plain], version) : new([given], null);
        var parts = arn.Resource.Split(':', 2);
        if (arn.Service != "ssm" || arn.Region != scope.Region || arn.AccountId != scope.AccountId
            || !parts[0].StartsWith(ArnResource + "/", StringComparison.Ordinal))
            return null;
        var path = parts[0][ArnResource.Length..];
        return new([path[1..], path], parts.ElementAtOrDefault(1));
    }

    /// <summary>The version that is named.</summary>
    /// <exception cref="AwsException">ParameterNotFound, ParameterVersionNotFound.</exception>
    public ParameterVersion In(SsmState state) => state.Get(NameIn(state), Selector);

    /// <summary>The one of the names that exists; the first when none does.</summary>
    public string NameIn(SsmState state) => Names.FirstOrDefault(state.Exists, Names[0]);
}
