using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <param name="Path">A level of a hierarchy: <c>/isobar/prod</c>.</param>
/// <param name="Recursive">Whether levels below it count.</param>
internal sealed record GetParametersByPathRequest(
    string? Path, bool? Recursive, ParameterFilter[]? ParameterFilters, bool? WithDecryption, int? MaxResults,
    string? NextToken);

internal sealed record GetParametersByPathResponse(ParameterShape[] Parameters, string? NextToken);

/// <summary>Returns the parameters of one level of a hierarchy, in pages, by name.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, GetParametersByPath.</remarks>
internal static class GetParametersByPath
{
    /// <exception cref="AwsException">ValidationException, InvalidFilterKey, InvalidFilterOption, InvalidFilterValue,
    /// InvalidNextToken; InvalidKeyId: the key of one of them can't be used.</exception>
    public static GetParametersByPathResponse Handle(
        Monitor<SsmState> parameters, GetParametersByPathRequest request, CallScope scope, SecureValue? secure)
    {
        new ModelConstraints()
            .Required("path", request.Path)
            .Length("path", request.Path, 1, SsmLimits.MaxNameCharacters)
            .Range("maxResults", request.MaxResults, 1, SsmLimits.MaxOnPathPage)
            .ThrowIfAny();
        ParameterFilter.CheckPath(request.Path!);
        var filters = ParameterFilter.Checked(request.ParameterFilters, byPath: true);
        var (versions, next) = parameters.Ask((state, _) =>
        {
            var page = Page.Of(
                state.Parameters.Where(known =>
                    ParameterFilter.IsBelow(known.Latest.Name, request.Path!, request.Recursive is true)
                    && filters.All(filter => filter.IsMetBy(known))),
                request.MaxResults ?? SsmLimits.MaxOnPathPage, request.NextToken);
            return (page.Items.Select(known => known.Latest).ToList(), page.NextToken);
        });
        return new GetParametersByPathResponse(
            [
                .. versions.Select(version => GetParameter.ShapeOf(
                    version, null, scope, request.WithDecryption is true ? secure : null)),
            ],
            next);
    }
}
