using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Api;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<ApiJson>))]

namespace Isobar.Api;

/// <summary>
/// What Lambda's serializer may read and write. Bodies are not its business: <see cref="BodiesJson"/>.
/// </summary>
[JsonSerializable(typeof(APIGatewayProxyRequest))]
[JsonSerializable(typeof(APIGatewayProxyResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
