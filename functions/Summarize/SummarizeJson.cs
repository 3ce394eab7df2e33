using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using Isobar.Summarize;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<SummarizeJson>))]

namespace Isobar.Summarize;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(BatchItemFailuresResponse))]
internal sealed partial class SummarizeJson : JsonSerializerContext;
