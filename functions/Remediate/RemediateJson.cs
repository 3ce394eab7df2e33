using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Remediate;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<RemediateJson>))]

namespace Isobar.Remediate;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(RemediateEvent))]
[JsonSerializable(typeof(Remedy))]
[JsonSerializable(typeof(ImportEvent))]
internal sealed partial class RemediateJson : JsonSerializerContext;
