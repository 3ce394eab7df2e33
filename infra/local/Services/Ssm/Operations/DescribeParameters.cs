using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

internal sealed record DescribeParametersRequest(
    ParameterFilter[]? ParameterFilters, int? MaxResults, string? NextToken);

internal sealed record DescribeParametersResponse(MetadataShape[] Parameters, string? NextToken);

/// <param name="LastModifiedDate">Seconds since 1970, with milliseconds.</param>
/// <param name="Policies">Always empty.</param>
internal sealed record MetadataShape(
    string Name, string ARN, string Type, string? KeyId, decimal LastModifiedDate, string LastModifiedUser,
    string? Description, string? AllowedPattern, long Version, string Tier, string[] Policies, string DataType);

/// <summary>Tells about parameters, without their values, in pages, by name.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, DescribeParameters.</remarks>
internal static class DescribeParameters
{
    /// <exception cref="AwsException">ValidationException, InvalidFilterKey, InvalidFilterOption, InvalidFilterValue,
    /// InvalidNextToken.</exception>
    public static DescribeParametersResponse Handle(
        Monitor<SsmState> parameters, DescribeParametersRequest request, CallScope scope)
    {
        new ModelConstraints().Range("maxResults", request.MaxResults, 1, SsmLimits.MaxOnPage).ThrowIfAny();
        var filters = ParameterFilter.Checked(request.ParameterFilters, byPath: false);
        return parameters.Ask((state, _) =>
        {
            var page = Page.Of(
                state.Parameters.Where(known => filters.All(filter => filter.IsMetBy(known))),
                request.MaxResults ?? SsmLimits.MaxOnPage, request.NextToken);
            return new DescribeParametersResponse(
                [.. page.Items.Select(known => ShapeOf(known.Latest, scope))], page.NextToken);
        });
    }

    private static MetadataShape ShapeOf(ParameterVersion version, CallScope scope) => new(
        version.Name, ParameterName.ArnOf(version.Name, "aws", scope.Region, scope.AccountId), version.Type,
        version.KeyId, GetParameter.Seconds(version.LastModified), version.LastModifiedUser,
        version.Description.Length > 0 ? version.Description : null,
        version.AllowedPattern.Length > 0 ? version.AllowedPattern : null, version.Version, version.Tier, [],
        ParameterKinds.TextData);
}
