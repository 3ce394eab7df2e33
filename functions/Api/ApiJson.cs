using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Api;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<ApiJson>))]

namespace Isobar.Api;

/// <summary>The types that Lambda's serializer handles; <see cref="BodiesJson"/> has the bodies.</summary>
[JsonSerializable(typeof(APIGatewayProxyRequest))]
[JsonSerializable(typeof(APIGatewayProxyResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
