using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Services.CloudWatch.Operations;

namespace Isobar.Local.Services.CloudWatch;

/// <summary>The types of the service's requests and responses.</summary>
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(PutMetricDataRequest))]
[JsonSerializable(typeof(GetMetricDataRequest))]
[JsonSerializable(typeof(GetMetricDataAnswer))]
[JsonSerializable(typeof(GetMetricStatisticsRequest))]
[JsonSerializable(typeof(GetMetricStatisticsAnswer))]
[JsonSerializable(typeof(ListMetricsRequest))]
[JsonSerializable(typeof(ListMetricsAnswer))]
[JsonSerializable(typeof(PutMetricAlarmRequest))]
[JsonSerializable(typeof(DescribeAlarmsRequest))]
[JsonSerializable(typeof(DescribeAlarmsAnswer))]
[JsonSerializable(typeof(DescribeAlarmsForMetricRequest))]
[JsonSerializable(typeof(DescribeAlarmsForMetricAnswer))]
[JsonSerializable(typeof(AlarmNamesRequest))]
[JsonSerializable(typeof(SetAlarmStateRequest))]
[JsonSerializable(typeof(DescribeAlarmHistoryRequest))]
[JsonSerializable(typeof(DescribeAlarmHistoryAnswer))]
[JsonSerializable(typeof(ListTagsForResourceRequest))]
[JsonSerializable(typeof(ListTagsForResourceAnswer))]
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(UntagResourceRequest))]
[JsonSerializable(typeof(PutDashboardRequest))]
[JsonSerializable(typeof(PutDashboardAnswer))]
[JsonSerializable(typeof(GetDashboardRequest))]
[JsonSerializable(typeof(GetDashboardAnswer))]
[JsonSerializable(typeof(ListDashboardsRequest))]
[JsonSerializable(typeof(ListDashboardsAnswer))]
[JsonSerializable(typeof(DeleteDashboardsRequest))]
internal sealed partial class CloudWatchJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused; text is escaped only where JSON needs it.</summary>
    public static CloudWatchJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new EpochSecondsConverter() },
    });
}
