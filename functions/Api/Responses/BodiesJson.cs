using System.Text.Json.Serialization;

namespace Isobar.Api;

/// <summary>The bodies of requests and responses, with names in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JobsBody))]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(RedriveBody))]
[JsonSerializable(typeof(StationsBody))]
[JsonSerializable(typeof(MonthsBody))]
[JsonSerializable(typeof(ImportBody))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadBody))]
[JsonSerializable(typeof(AcceptedBody))]
[JsonSerializable(typeof(LiveBody))]
internal sealed partial class BodiesJson : JsonSerializerContext;
