using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Dashboards;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record PutDashboardRequest(string? DashboardName, string? DashboardBody);

internal sealed record PutDashboardAnswer(IReadOnlyList<string> DashboardValidationMessages);

internal sealed record GetDashboardRequest(string? DashboardName);

internal sealed record GetDashboardAnswer(string DashboardArn, string DashboardBody, string DashboardName);

internal sealed record ListDashboardsRequest(string? DashboardNamePrefix, string? NextToken);

internal sealed record DashboardEntryMember(
    string DashboardName, string DashboardArn, DateTimeOffset LastModified, long Size);

internal sealed record ListDashboardsAnswer(IReadOnlyList<DashboardEntryMember> DashboardEntries);

internal sealed record DeleteDashboardsRequest(IReadOnlyList<string>? DashboardNames);

/// <summary>Dashboards: kept and given back; nothing draws them here.</summary>
/// <remarks>
/// Source: Amazon CloudWatch API Reference, PutDashboard, GetDashboard, ListDashboards and DeleteDashboards.
/// </remarks>
internal static class DashboardCalls
{
    /// <exception cref="AwsException">InvalidParameterInput, InvalidParameterValue.</exception>
    public static PutDashboardAnswer Put(Monitor<DashboardBook> dashboards, PutDashboardRequest request)
    {
        var name = request.DashboardName ?? "";
        if (name.Length is 0 or > 255 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw CloudWatchErrors.InvalidValue(
                $"The value {name} for field DashboardName contains invalid characters. It can only contain "
                + "alphanumerics, dash (-) and underscore (_).");
        if (request.DashboardBody is not { } body) throw CloudWatchErrors.Missing("DashboardBody");
        DashboardBody.Check(body);
        dashboards.Post((book, now) => book.Put(name, body, now));
        return new PutDashboardAnswer([]);
    }

    /// <exception cref="AwsException">ResourceNotFound.</exception>
    public static GetDashboardAnswer Get(
        Monitor<DashboardBook> dashboards, GetDashboardRequest request, CallScope scope)
    {
        var found = dashboards.Ask((book, _) => book.Get(request.DashboardName ?? ""));
        return new GetDashboardAnswer(ArnOf(found.Name, scope.AccountId), found.Body, found.Name);
    }

    public static ListDashboardsAnswer List(
        Monitor<DashboardBook> dashboards, ListDashboardsRequest request, CallScope scope) => new(
            [.. dashboards.Ask((book, _) => book.All.ToList())
                .Where(one => one.Name.StartsWith(request.DashboardNamePrefix ?? "", StringComparison.Ordinal))
                .Select(one => new DashboardEntryMember(
                    one.Name, ArnOf(one.Name, scope.AccountId), one.LastModified,
                    Encoding.UTF8.GetByteCount(one.Body)))]);

    /// <exception cref="AwsException">ResourceNotFound, MissingParameter.</exception>
    public static EmptyAnswer Delete(Monitor<DashboardBook> dashboards, DeleteDashboardsRequest request)
    {
        if (request.DashboardNames is not { } names) throw CloudWatchErrors.Missing("DashboardNames");
        dashboards.Post((book, _) => book.Delete(names));
        return new EmptyAnswer();
    }

    /// <summary>A dashboard's ARN, which has no Region.</summary>
    public static string ArnOf(string name, string accountId) => $"arn:aws:cloudwatch::{accountId}:dashboard/{name}";
}
