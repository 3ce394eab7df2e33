using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Services.CodeDeploy.Operations;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>The types of the service's requests and responses; members begin in lower case.</summary>
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(CreateApplicationRequest))]
[JsonSerializable(typeof(CreateApplicationResponse))]
[JsonSerializable(typeof(DeleteApplicationRequest))]
[JsonSerializable(typeof(EmptyResponse))]
[JsonSerializable(typeof(CreateDeploymentGroupRequest))]
[JsonSerializable(typeof(CreateDeploymentGroupResponse))]
[JsonSerializable(typeof(GetApplicationRequest))]
[JsonSerializable(typeof(GetApplicationResponse))]
[JsonSerializable(typeof(ListApplicationsResponse))]
[JsonSerializable(typeof(GetDeploymentGroupRequest))]
[JsonSerializable(typeof(GetDeploymentGroupResponse))]
[JsonSerializable(typeof(ListDeploymentGroupsRequest))]
[JsonSerializable(typeof(ListDeploymentGroupsResponse))]
[JsonSerializable(typeof(GetDeploymentConfigRequest))]
[JsonSerializable(typeof(GetDeploymentConfigResponse))]
[JsonSerializable(typeof(ListDeploymentConfigsResponse))]
[JsonSerializable(typeof(CreateDeploymentRequest))]
[JsonSerializable(typeof(CreateDeploymentResponse))]
[JsonSerializable(typeof(GetDeploymentRequest))]
[JsonSerializable(typeof(GetDeploymentResponse))]
[JsonSerializable(typeof(ListDeploymentsRequest))]
[JsonSerializable(typeof(ListDeploymentsResponse))]
[JsonSerializable(typeof(StopDeploymentRequest))]
[JsonSerializable(typeof(StopDeploymentResponse))]
[JsonSerializable(typeof(ListDeploymentTargetsRequest))]
[JsonSerializable(typeof(ListDeploymentTargetsResponse))]
[JsonSerializable(typeof(GetDeploymentTargetRequest))]
[JsonSerializable(typeof(GetDeploymentTargetResponse))]
[JsonSerializable(typeof(BatchGetDeploymentTargetsRequest))]
[JsonSerializable(typeof(BatchGetDeploymentTargetsResponse))]
[JsonSerializable(typeof(PutLifecycleEventHookExecutionStatusRequest))]
[JsonSerializable(typeof(PutLifecycleEventHookExecutionStatusResponse))]
[JsonSerializable(typeof(HookEvent))]
internal sealed partial class CodeDeployJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused; text is escaped only where JSON needs it.</summary>
    public static CodeDeployJson Wire { get; } = new(Settings(JsonNamingPolicy.CamelCase));

    /// <summary>Of the event of a validation function, whose members begin in upper case.</summary>
    public static CodeDeployJson Hooks { get; } = new(Settings(null));

    private static JsonSerializerOptions Settings(JsonNamingPolicy? names) => new()
    {
        PropertyNamingPolicy = names,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
