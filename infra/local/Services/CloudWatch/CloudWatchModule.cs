using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Alarms;
using Isobar.Local.Services.CloudWatch.Dashboards;
using Isobar.Local.Services.CloudWatch.Data;
using Isobar.Local.Services.CloudWatch.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch;

/// <summary>
/// Amazon CloudWatch: metrics of the host's services and of callers, alarms with actions, and dashboards.
/// </summary>
internal sealed class CloudWatchModule : IServiceModule, IAlarms, IAsyncDisposable
{
    private readonly ServiceContext context;
    private readonly MetricStores stores;
    private readonly AlarmWatcher alarms;
    private readonly Monitor<DashboardBook> dashboards;

    public CloudWatchModule(ServiceContext context, CloudWatchLimits? limits = null)
    {
        this.context = context;
        stores = new MetricStores(context.Journal, context.Region, limits ?? new CloudWatchLimits());
        context.Metrics.KeepIn(stores);
        alarms = new AlarmWatcher(context, stores);
        dashboards = new Monitor<DashboardBook>("dashboards", new DashboardBook(), context.Clock);
        Providers = [new AlarmProvider(alarms), new DashboardProvider(dashboards)];
        Wire = new CborOrJsonProtocol(
            AddAlarms(AddMetrics(new AwsJsonProtocol(
                "GraniteServiceVersion20100801", "1.0", ErrorNamespace, CloudWatchLimits.MaxRequestBytes,
                CloudWatchErrors.NotSupported))),
            "GraniteServiceVersion20100801", ErrorNamespace, new CborMembers(IsTimestamp, static _ => false));
    }

    private const string ErrorNamespace = "com.amazonaws.cloudwatch";

    public string SigningName => "monitoring";

    /// <summary>As in the ARNs of alarms.</summary>
    public string Service => "cloudwatch";

    public IWireProtocol Wire { get; }

    public IReadOnlyList<IResourceProvider> Providers { get; }

    /// <summary>Calls of the API cost money on AWS, but none that the template's functions or the tour make.</summary>
    public bool ChargesForCalls => false;

    public bool Exists(Arn resource) => Find(resource) is not null;

    public void Put(Arn alarm, AlarmDefinition definition)
    {
        PutMetricAlarm.Check(definition);
        alarms.In(alarm.Region).Post((book, now) => book.Put(alarm, definition, now));
    }

    public void Delete(Arn alarm) =>
        alarms.Find(alarm.Region)?.Post((book, now) => book.Delete(NameOf(alarm), now));

    public AlarmStatus? Find(Arn alarm) =>
        alarms.Find(alarm.Region)?.Ask((book, _) => book.Find(NameOf(alarm))?.Status);

    public IDisposable Watch(Action<AlarmStateChange> listener) => alarms.Watch(listener);

    public ValueTask DisposeAsync()
    {
        alarms.Dispose();
        dashboards.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string NameOf(Arn alarm) =>
        alarm.Resource.StartsWith("alarm:", StringComparison.Ordinal) ? alarm.Resource[6..] : "";

    private static bool IsTimestamp(string member) => member is "Timestamp" or "Timestamps" or "LastModified"
        or "StateUpdatedTimestamp" or "StateTransitionedTimestamp" or "AlarmConfigurationUpdatedTimestamp";

    private AwsJsonProtocol AddMetrics(AwsJsonProtocol wire)
    {
        var json = CloudWatchJson.Wire;
        return wire
            .Add("PutMetricData", () => json.PutMetricDataRequest, () => json.EmptyAnswer,
                (request, scope) => new(PutMetricData.Handle(stores, request, scope, Now)),
                (_, _) => OnAny("PutMetricData"))
            .Add("GetMetricData", () => json.GetMetricDataRequest, () => json.GetMetricDataAnswer,
                (request, scope) => new(GetMetricData.Handle(stores, request, scope)),
                (_, _) => OnAny("GetMetricData"))
            .Add("GetMetricStatistics", () => json.GetMetricStatisticsRequest, () => json.GetMetricStatisticsAnswer,
                (request, scope) => new(GetMetricStatistics.Handle(stores, request, scope)),
                (_, _) => OnAny("GetMetricStatistics"))
            .Add("ListMetrics", () => json.ListMetricsRequest, () => json.ListMetricsAnswer,
                (request, scope) => new(ListMetrics.Handle(stores, request, scope, Now)),
                (_, _) => OnAny("ListMetrics"))
            .Add("PutDashboard", () => json.PutDashboardRequest, () => json.PutDashboardAnswer,
                (request, _) => new(DashboardCalls.Put(dashboards, request)),
                (request, scope) => OnDashboards("PutDashboard", [request.DashboardName ?? ""], scope))
            .Add("GetDashboard", () => json.GetDashboardRequest, () => json.GetDashboardAnswer,
                (request, scope) => new(DashboardCalls.Get(dashboards, request, scope)),
                (request, scope) => OnDashboards("GetDashboard", [request.DashboardName ?? ""], scope))
            .Add("ListDashboards", () => json.ListDashboardsRequest, () => json.ListDashboardsAnswer,
                (request, scope) => new(DashboardCalls.List(dashboards, request, scope)),
                (_, _) => OnAny("ListDashboards"))
            .Add("DeleteDashboards", () => json.DeleteDashboardsRequest, () => json.EmptyAnswer,
                (request, _) => new(DashboardCalls.Delete(dashboards, request)),
                (request, scope) => OnDashboards("DeleteDashboards", request.DashboardNames ?? [], scope));
    }

    private AwsJsonProtocol AddAlarms(AwsJsonProtocol wire)
    {
        var json = CloudWatchJson.Wire;
        return wire
            .Add("PutMetricAlarm", () => json.PutMetricAlarmRequest, () => json.EmptyAnswer,
                (request, scope) => new(PutMetricAlarm.Handle(alarms.In(scope.Region), request, scope)),
                (request, scope) => OnAlarms("PutMetricAlarm", [request.AlarmName ?? ""], scope))
            .Add("DescribeAlarms", () => json.DescribeAlarmsRequest, () => json.DescribeAlarmsAnswer,
                (request, scope) => new(DescribeAlarms.Handle(alarms.In(scope.Region), request)),
                (_, _) => OnAny("DescribeAlarms"))
            .Add("DescribeAlarmsForMetric", () => json.DescribeAlarmsForMetricRequest,
                () => json.DescribeAlarmsForMetricAnswer,
                (request, scope) => new(DescribeAlarms.HandleForMetric(alarms.In(scope.Region), request)),
                (_, _) => OnAny("DescribeAlarmsForMetric"))
            .Add("DescribeAlarmHistory", () => json.DescribeAlarmHistoryRequest, () => json.DescribeAlarmHistoryAnswer,
                (request, scope) => new(AlarmCalls.History(alarms.In(scope.Region), request)),
                (_, _) => OnAny("DescribeAlarmHistory"))
            .Add("SetAlarmState", () => json.SetAlarmStateRequest, () => json.EmptyAnswer,
                (request, scope) => new(AlarmCalls.SetState(alarms.In(scope.Region), request)),
                (request, scope) => OnAlarms("SetAlarmState", [request.AlarmName ?? ""], scope))
            .Add("EnableAlarmActions", () => json.AlarmNamesRequest, () => json.EmptyAnswer,
                (request, scope) => new(AlarmCalls.Enable(alarms.In(scope.Region), request, isEnabled: true)),
                (request, scope) => OnAlarms("EnableAlarmActions", request.AlarmNames ?? [], scope))
            .Add("DisableAlarmActions", () => json.AlarmNamesRequest, () => json.EmptyAnswer,
                (request, scope) => new(AlarmCalls.Enable(alarms.In(scope.Region), request, isEnabled: false)),
                (request, scope) => OnAlarms("DisableAlarmActions", request.AlarmNames ?? [], scope))
            .Add("DeleteAlarms", () => json.AlarmNamesRequest, () => json.EmptyAnswer,
                (request, scope) => new(AlarmCalls.Delete(alarms.In(scope.Region), request)),
                (request, scope) => OnAlarms("DeleteAlarms", request.AlarmNames ?? [], scope))
            .Add("ListTagsForResource", () => json.ListTagsForResourceRequest, () => json.ListTagsForResourceAnswer,
                (request, scope) => new(TagCalls.List(alarms.In(scope.Region), request)),
                (_, _) => OnAny("ListTagsForResource"))
            .Add("TagResource", () => json.TagResourceRequest, () => json.EmptyAnswer,
                (request, scope) => new(TagCalls.Tag(alarms.In(scope.Region), request)),
                (_, _) => OnAny("TagResource"))
            .Add("UntagResource", () => json.UntagResourceRequest, () => json.EmptyAnswer,
                (request, scope) => new(TagCalls.Untag(alarms.In(scope.Region), request)),
                (_, _) => OnAny("UntagResource"));
    }

    private DateTimeOffset Now => context.Clock.GetUtcNow();

    // In permissions the service has the name of its ARNs, not that of its signatures.
    private static IEnumerable<ResourceAction> OnAny(string action) => [new($"cloudwatch:{action}", "*")];

    private static IEnumerable<ResourceAction> OnAlarms(
        string action, IReadOnlyList<string> names, CallScope scope) => names
            .Where(name => name.Length > 0)
            .Select(name => new ResourceAction(
                $"cloudwatch:{action}", PutMetricAlarm.ArnOf(name, scope.Region, scope.AccountId).ToString()));

    private static IEnumerable<ResourceAction> OnDashboards(
        string action, IReadOnlyList<string> names, CallScope scope) => names
            .Where(name => name.Length > 0)
            .Select(name => new ResourceAction(
                $"cloudwatch:{action}", DashboardCalls.ArnOf(name, scope.AccountId)));
}
