using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Services.Logs.Operations;

namespace Isobar.Local.Services.Logs;

/// <summary>The types of the service's requests and responses.</summary>
[JsonSerializable(typeof(CreateLogGroupRequest))]
[JsonSerializable(typeof(DeleteLogGroupRequest))]
[JsonSerializable(typeof(DeleteRetentionPolicyRequest))]
[JsonSerializable(typeof(DescribeLogGroupsRequest))]
[JsonSerializable(typeof(DescribeLogGroupsResponse))]
[JsonSerializable(typeof(DescribeLogStreamsRequest))]
[JsonSerializable(typeof(DescribeLogStreamsResponse))]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(FilterLogEventsRequest))]
[JsonSerializable(typeof(FilterLogEventsResponse))]
[JsonSerializable(typeof(GetLogEventsRequest))]
[JsonSerializable(typeof(GetLogEventsResponse))]
[JsonSerializable(typeof(ListLogGroupsRequest))]
[JsonSerializable(typeof(ListLogGroupsResponse))]
[JsonSerializable(typeof(ListTagsForResourceRequest))]
[JsonSerializable(typeof(ListTagsLogGroupRequest))]
[JsonSerializable(typeof(ListTagsResponse))]
[JsonSerializable(typeof(LiveTailSessionStart))]
[JsonSerializable(typeof(LiveTailSessionUpdate))]
[JsonSerializable(typeof(LiveTailTimeout))]
[JsonSerializable(typeof(LogStreamRequest))]
[JsonSerializable(typeof(PageToken))]
[JsonSerializable(typeof(PutLogEventsRequest))]
[JsonSerializable(typeof(PutLogEventsResponse))]
[JsonSerializable(typeof(PutRetentionPolicyRequest))]
[JsonSerializable(typeof(StartLiveTailRequest))]
[JsonSerializable(typeof(TagLogGroupRequest))]
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(TestMetricFilterRequest))]
[JsonSerializable(typeof(TestMetricFilterResponse))]
[JsonSerializable(typeof(UntagLogGroupRequest))]
[JsonSerializable(typeof(UntagResourceRequest))]
internal sealed partial class LogsJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused; text is escaped only where JSON needs it.</summary>
    public static LogsJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
