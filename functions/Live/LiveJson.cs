using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Live;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<LiveJson>))]

namespace Isobar.Live;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(KinesisTimeWindowEvent))]
[JsonSerializable(typeof(KinesisTimeWindowResponse))]
internal sealed partial class LiveJson : JsonSerializerContext;
