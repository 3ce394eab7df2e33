using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Services.ApplicationAutoScaling.Operations;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>The types of the service's requests and responses.</summary>
[JsonSerializable(typeof(RegisterScalableTargetRequest))]
[JsonSerializable(typeof(DeregisterScalableTargetRequest))]
[JsonSerializable(typeof(DescribeScalableTargetsRequest))]
[JsonSerializable(typeof(PutScalingPolicyRequest))]
[JsonSerializable(typeof(DescribeScalingPoliciesRequest))]
[JsonSerializable(typeof(DeleteScalingPolicyRequest))]
[JsonSerializable(typeof(PutScheduledActionRequest))]
[JsonSerializable(typeof(DescribeScheduledActionsRequest))]
[JsonSerializable(typeof(DeleteScheduledActionRequest))]
[JsonSerializable(typeof(DescribeScalingActivitiesRequest))]
[JsonSerializable(typeof(RegisterScalableTargetResponse))]
[JsonSerializable(typeof(DescribeScalableTargetsResponse))]
[JsonSerializable(typeof(PutScalingPolicyResponse))]
[JsonSerializable(typeof(DescribeScalingPoliciesResponse))]
[JsonSerializable(typeof(DescribeScheduledActionsResponse))]
[JsonSerializable(typeof(DescribeScalingActivitiesResponse))]
[JsonSerializable(typeof(EmptyResponse))]
internal sealed partial class ScalingJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused; text is escaped only where JSON needs it.</summary>
    public static ScalingJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
