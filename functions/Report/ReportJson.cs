using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Report;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<ReportJson>))]

namespace Isobar.Report;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(PageBudget))]
internal sealed partial class ReportJson : JsonSerializerContext;
