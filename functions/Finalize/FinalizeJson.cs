using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Finalize;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<FinalizeJson>))]

namespace Isobar.Finalize;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(DynamoDBEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
internal sealed partial class FinalizeJson : JsonSerializerContext;
