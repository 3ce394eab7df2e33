using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

/// <param name="AccountIdentifiers">Changes nothing without IncludeLinkedAccounts.</param>
internal sealed record DescribeLogGroupsRequest(
    string? LogGroupNamePrefix, string? LogGroupNamePattern, string? NextToken, int? Limit, string? LogGroupClass,
    bool? IncludeLinkedAccounts, IReadOnlyList<string>? AccountIdentifiers,
    IReadOnlyList<string>? LogGroupIdentifiers);

internal sealed record DescribeLogGroupsResponse(IReadOnlyList<LogGroupShape> LogGroups, string? NextToken);

/// <param name="CreationTime">In milliseconds since 1970.</param>
/// <param name="Arn">With <c>:*</c> at its end.</param>
/// <param name="LogGroupArn">Without it.</param>
internal sealed record LogGroupShape(
    string LogGroupName, long CreationTime, int? RetentionInDays, int MetricFilterCount, string Arn, long? StoredBytes,
    string LogGroupClass, string LogGroupArn, bool? DeletionProtectionEnabled);

/// <summary>Lists log groups in the order of their names.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, DescribeLogGroups.</remarks>
internal static class DescribeLogGroups
{
    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static DescribeLogGroupsResponse Handle(
        Monitor<LogsState> logs, DescribeLogGroupsRequest request, CallScope scope)
    {
        Check(request);
        var question = $"groups {request.LogGroupNamePrefix} {request.LogGroupNamePattern}";
        return logs.Ask((state, now) =>
        {
            var after = PageToken.Read(request.NextToken, question, now);
            var limit = request.Limit ?? LogsLimits.MaxDescribed;
            var page = state.Groups
                .Where(group => IsWanted(group.Name, request, scope)
                    && (after is null || string.CompareOrdinal(group.Name, after) > 0))
                .OrderBy(group => group.Name, StringComparer.Ordinal)
                .Take(limit + 1).ToList();
            foreach (var group in page) state.Expire(group, now);
            return new DescribeLogGroupsResponse(
                [.. page.Take(limit).Select(group => Shape(group, request.LogGroupNamePattern is null, scope))],
                page.Count > limit ? PageToken.Write(page[limit - 1].Name, question, now) : null);
        });
    }

    private static void Check(DescribeLogGroupsRequest request)
    {
        new ModelCheck()
            .GroupName(request.LogGroupNamePrefix, "logGroupNamePrefix", isRequired: false)
            .Length(request.LogGroupNamePattern, "logGroupNamePattern", 0, LogsLimits.MaxNameCharacters)
            .Length(request.NextToken, "nextToken", 1, int.MaxValue)
            .Between(request.Limit, "limit", 1, LogsLimits.MaxDescribed)
            .OneOf(request.LogGroupClass, "logGroupClass", CreateLogGroup.Classes)
            .ThrowIfAny();
        if (request is { LogGroupNamePrefix: not null, LogGroupNamePattern: not null })
            throw LogsErrors.PrefixAndPattern();
    }

    private static bool IsWanted(string name, DescribeLogGroupsRequest request, CallScope scope) =>
        request.LogGroupClass is null or CreateLogGroup.StandardClass
        && name.StartsWith(request.LogGroupNamePrefix ?? "", StringComparison.Ordinal)
        && name.Contains(request.LogGroupNamePattern ?? "", StringComparison.Ordinal)
        && (request.LogGroupIdentifiers is null || request.LogGroupIdentifiers.Any(
            identifier => identifier == name || LogsArn.NameIn(identifier, scope) == name));

    private static LogGroupShape Shape(LogGroup group, bool isWhole, CallScope scope)
    {
        var arn = LogsArn.OfGroup(scope.Region, scope.AccountId, group.Name);
        return new LogGroupShape(
            group.Name, group.Created, group.RetentionInDays, 0, $"{arn}:*", isWhole ? group.StoredBytes : null,
            CreateLogGroup.StandardClass, arn, isWhole ? false : null);
    }
}
