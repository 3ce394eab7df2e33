using System.Text.RegularExpressions;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

/// <param name="LogGroupNamePattern">Up to five parts of names; one with <c>^</c> before it begins the name.</param>
/// <param name="AccountIdentifiers">Changes nothing without IncludeLinkedAccounts.</param>
internal sealed record ListLogGroupsRequest(
    string? LogGroupNamePattern, string? LogGroupClass, bool? IncludeLinkedAccounts,
    IReadOnlyList<string>? AccountIdentifiers, string? NextToken, int? Limit);

internal sealed record ListLogGroupsResponse(IReadOnlyList<LogGroupSummary> LogGroups, string? NextToken);

internal sealed record LogGroupSummary(string LogGroupName, string LogGroupArn, string LogGroupClass);

/// <summary>Lists log groups by parts of their names.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, ListLogGroups.</remarks>
internal static partial class ListLogGroups
{
    private const int MaxLimit = 1_000;

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static ListLogGroupsResponse Handle(
        Monitor<LogsState> logs, ListLogGroupsRequest request, CallScope scope)
    {
        new ModelCheck()
            .Matches(request.LogGroupNamePattern, "logGroupNamePattern", Patterns(), PatternText)
            .OneOf(request.LogGroupClass, "logGroupClass", CreateLogGroup.Classes)
            .Length(request.NextToken, "nextToken", 1, int.MaxValue)
            .Between(request.Limit, "limit", 1, MaxLimit)
            .ThrowIfAny();
        var parts = request.LogGroupNamePattern?.Split('|');
        var question = $"list {request.LogGroupNamePattern} {request.LogGroupClass}";
        var limit = request.Limit ?? LogsLimits.MaxDescribed;
        var (names, now) = logs.Ask((state, now) => (state.Groups.Select(group => group.Name).ToArray(), now));
        var after = PageToken.Read(request.NextToken, question, now);
        var page = names
            .Where(name => request.LogGroupClass is null or CreateLogGroup.StandardClass
                && (after is null || string.CompareOrdinal(name, after) > 0)
                && parts?.Any(part => IsIn(part, name)) is not false)
            .Order(StringComparer.Ordinal).Take(limit + 1).ToList();
        return new ListLogGroupsResponse(
            [.. page.Take(limit).Select(name => new LogGroupSummary(
                name, LogsArn.OfGroup(scope.Region, scope.AccountId, name), CreateLogGroup.StandardClass))],
            page.Count > limit ? PageToken.Write(page[limit - 1], question, now) : null);
    }

    private const string PatternText =
        @"(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}";

    private static bool IsIn(string part, string name) => part.StartsWith('^')
        ? name.StartsWith(part[1..], StringComparison.Ordinal)
        : name.Contains(part, StringComparison.Ordinal);

    [GeneratedRegex("^" + PatternText + @"\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Patterns();
}
