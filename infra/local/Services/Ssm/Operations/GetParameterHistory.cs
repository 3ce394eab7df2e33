using System.Globalization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

internal sealed record GetParameterHistoryRequest(
    string? Name, bool? WithDecryption, int? MaxResults, string? NextToken);

internal sealed record GetParameterHistoryResponse(HistoryShape[] Parameters, string? NextToken);

/// <param name="LastModifiedDate">Seconds since 1970, with milliseconds.</param>
/// <param name="Policies">Always empty.</param>
internal sealed record HistoryShape(
    string Name, string Type, string? KeyId, decimal LastModifiedDate, string LastModifiedUser, string? Description,
    string Value, string? AllowedPattern, long Version, string[] Labels, string Tier, string[] Policies,
    string DataType)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => $"{Name}:{Version}";
}

/// <summary>Returns the versions of a parameter that are kept, the oldest first.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, GetParameterHistory.</remarks>
internal static class GetParameterHistory
{
    /// <exception cref="AwsException">ValidationException, ParameterNotFound, InvalidNextToken; InvalidKeyId: the key
    /// of a version can't be used.</exception>
    public static GetParameterHistoryResponse Handle(
        Monitor<SsmState> parameters, GetParameterHistoryRequest request, CallScope scope, SecureValue? secure)
    {
        new ModelConstraints()
            .Required("name", request.Name)
            .Length("name", request.Name, 1, SsmLimits.MaxNameCharacters)
            .Range("maxResults", request.MaxResults, 1, SsmLimits.MaxOnPage)
            .ThrowIfAny();
        var reference = ParameterReference.TryParse(request.Name!, scope) ?? throw SsmErrors.NotFound();
        var (versions, next) = parameters.Ask((state, _) => Page.Of(
            state.Get(reference.NameIn(state)).Versions,
            version => version.Version.ToString(CultureInfo.InvariantCulture),
            (version, last) => long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? version.Version > number
                : throw SsmErrors.InvalidNextToken(),
            request.MaxResults ?? SsmLimits.MaxOnPage, request.NextToken));
        return new GetParameterHistoryResponse(
            [.. versions.Select(version => ShapeOf(version, request.WithDecryption is true ? secure : null))], next);
    }

    private static HistoryShape ShapeOf(ParameterVersion version, SecureValue? secure) => new(
        version.Name, version.Type, version.KeyId, GetParameter.Seconds(version.LastModified),
        version.LastModifiedUser, version.Description.Length > 0 ? version.Description : null,
        GetParameter.ValueOf(version, secure), version.AllowedPattern.Length > 0 ? version.AllowedPattern : null,
        version.Version, [.. version.Labels], version.Tier, [], ParameterKinds.TextData);
}
