using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <param name="Name">A name or an ARN, with <c>:version</c> behind it or not.</param>
/// <param name="WithDecryption">Changes nothing for a String parameter, here as on AWS.</param>
internal sealed record GetParameterRequest(string? Name, bool? WithDecryption);

internal sealed record GetParameterResponse(ParameterShape Parameter);

/// <param name="LastModifiedDate">Seconds since 1970, with milliseconds.</param>
/// <param name="Selector">What stood behind the name, with its colon; null when nothing did.</param>
internal sealed record ParameterShape(
    string ARN, string DataType, decimal LastModifiedDate, string Name, string? Selector, string Type, string Value,
    long Version);

/// <summary>Returns a parameter's latest version, or one that the name selects.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, GetParameter.</remarks>
internal static class GetParameter
{
    private const string ArnResource = "parameter";

    /// <exception cref="AwsException">ValidationException, ParameterNotFound, ParameterVersionNotFound.</exception>
    public static GetParameterResponse Handle(
        Monitor<SsmState> parameters, GetParameterRequest request, CallScope scope)
    {
        var given = request.Name ?? throw SsmErrors.Constraints(
            [SsmErrors.Constraint("null", "name", "Member must not be null")]);
        if (given.Length == 0)
            throw SsmErrors.Constraints(
                [SsmErrors.Constraint("''", "name", "Member must have length greater than or equal to 1")]);
        var (names, selector) = Parse(given, scope);
        var found = parameters.Ask(
            (state, _) => state.Get(names.FirstOrDefault(state.Exists, names[0]), selector));
        return new GetParameterResponse(new ParameterShape(
            ParameterName.ArnOf(found.Name, "aws", scope.Region, scope.AccountId), PutParameter.TextData,
            Math.Round(found.LastModified.ToUnixTimeMilliseconds() / 1_000m, 3), found.Name,
            selector is null ? null : $":{selector}", PutParameter.StringType, found.Value, found.Version));
    }

    /// <summary>
    /// Splits what was asked for. An ARN does not tell whether the name has a slash in front, unless it has others.
    /// </summary>
    /// <exception cref="AwsException">ParameterNotFound: an ARN of elsewhere or of something else.</exception>
    private static (string[] Names, string? Selector) Parse(string given, CallScope scope)
    {
        if (Arn.TryParse(given) is not { } arn)
            return given.Split(':', 2) is [var plain, var version] ? ([plain], version) : ([given], null);
        var parts = arn.Resource.Split(':', 2);
        if (arn.Service != "ssm" || arn.Region != scope.Region || arn.AccountId != scope.AccountId
            || !parts[0].StartsWith(ArnResource + "/", StringComparison.Ordinal))
            throw SsmErrors.NotFound();
        var path = parts[0][ArnResource.Length..];
        return ([path[1..], path], parts.ElementAtOrDefault(1));
    }
}
