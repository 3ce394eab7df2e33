using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Domain;
using Isobar.Notify;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<NotifyJson>))]

namespace Isobar.Notify;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(CloudWatchEvent<InvocationRecord<ImportResult>>))]
internal sealed partial class NotifyJson : JsonSerializerContext;
