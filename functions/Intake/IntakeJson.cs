using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Intake;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<IntakeJson>))]

namespace Isobar.Intake;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(S3Event))]
[JsonSerializable(typeof(Accepted))]
internal sealed partial class IntakeJson : JsonSerializerContext;
