using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Import;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<ImportJson>))]

namespace Isobar.Import;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(Imported))]
internal sealed partial class ImportJson : JsonSerializerContext;
