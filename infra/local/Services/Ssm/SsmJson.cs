using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Services.Ssm.Operations;

namespace Isobar.Local.Services.Ssm;

/// <summary>The types of the service's requests and responses.</summary>
[JsonSerializable(typeof(PutParameterRequest))]
[JsonSerializable(typeof(PutParameterResponse))]
[JsonSerializable(typeof(GetParameterRequest))]
[JsonSerializable(typeof(GetParameterResponse))]
[JsonSerializable(typeof(GetParametersRequest))]
[JsonSerializable(typeof(GetParametersResponse))]
[JsonSerializable(typeof(GetParametersByPathRequest))]
[JsonSerializable(typeof(GetParametersByPathResponse))]
[JsonSerializable(typeof(GetParameterHistoryRequest))]
[JsonSerializable(typeof(GetParameterHistoryResponse))]
[JsonSerializable(typeof(LabelParameterVersionRequest))]
[JsonSerializable(typeof(LabelParameterVersionResponse))]
[JsonSerializable(typeof(UnlabelParameterVersionRequest))]
[JsonSerializable(typeof(UnlabelParameterVersionResponse))]
[JsonSerializable(typeof(DeleteParameterRequest))]
[JsonSerializable(typeof(DeleteParametersRequest))]
[JsonSerializable(typeof(DeleteParametersResponse))]
[JsonSerializable(typeof(DescribeParametersRequest))]
[JsonSerializable(typeof(DescribeParametersResponse))]
[JsonSerializable(typeof(AddTagsToResourceRequest))]
[JsonSerializable(typeof(RemoveTagsFromResourceRequest))]
[JsonSerializable(typeof(ListTagsForResourceRequest))]
[JsonSerializable(typeof(ListTagsForResourceResponse))]
[JsonSerializable(typeof(EmptyResponse))]
internal sealed partial class SsmJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused; text is escaped only where JSON needs it.</summary>
    public static SsmJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
