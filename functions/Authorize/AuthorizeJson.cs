using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Isobar.Authorize;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<AuthorizeJson>))]

namespace Isobar.Authorize;

/// <summary>The types that Lambda's serializer handles.</summary>
[JsonSerializable(typeof(APIGatewayCustomAuthorizerRequest))]
[JsonSerializable(typeof(APIGatewayCustomAuthorizerResponse))]
internal sealed partial class AuthorizeJson : JsonSerializerContext;
