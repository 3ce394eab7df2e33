using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Domain;
using Isobar.Notify;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<NotifyJson>))]

namespace Isobar.Notify;

/// <summary>What Lambda's serializer may read.</summary>
[JsonSerializable(typeof(CloudWatchEvent<InvocationRecord<ImportResult>>))]
internal sealed partial class NotifyJson : JsonSerializerContext;
