using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using Isobar.DeadLetters;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<DeadLettersJson>))]

namespace Isobar.DeadLetters;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(BatchItemFailuresResponse))]
internal sealed partial class DeadLettersJson : JsonSerializerContext;
