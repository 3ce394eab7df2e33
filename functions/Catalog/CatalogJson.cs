using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using Isobar.Catalog;
using Isobar.Domain;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<CatalogJson>))]

namespace Isobar.Catalog;

/// <summary>The types that Lambda's serializer handles, and those of this function's own JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SNSEvent))]
[JsonSerializable(typeof(SQSEvent))]
// SNS has a type of this name, too.
[JsonSerializable(typeof(SQSEvent.MessageAttribute), TypeInfoPropertyName = "SqsMessageAttribute")]
[JsonSerializable(
    typeof(Dictionary<string, SQSEvent.MessageAttribute>), TypeInfoPropertyName = "SqsMessageAttributes")]
[JsonSerializable(typeof(BatchItemFailuresResponse))]
[JsonSerializable(typeof(InvocationRecord<Acceptance>))]
[JsonSerializable(typeof(ChangedFile))]
[JsonSerializable(typeof(FileList))]
internal sealed partial class CatalogJson : JsonSerializerContext;
