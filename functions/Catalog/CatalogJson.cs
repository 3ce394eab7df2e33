using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Isobar.Catalog;
using Isobar.Domain;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<CatalogJson>))]

namespace Isobar.Catalog;

/// <summary>What Lambda's serializer may read, the message within it, and the catalogue itself.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SNSEvent))]
[JsonSerializable(typeof(InvocationRecord<Acceptance>))]
[JsonSerializable(typeof(CatalogDocument))]
internal sealed partial class CatalogJson : JsonSerializerContext;
