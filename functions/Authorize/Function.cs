using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;

namespace Isobar.Authorize;

/// <summary>Invoked by the gateway to find out who makes a writing call.</summary>
public sealed class Function(IKeySource keys, TokenVerifier verifier, TimeProvider clock)
{
    /// <returns>Allow; or Deny (403) for a valid token without the scope <c>write</c>.</returns>
    /// <exception cref="UnauthorizedException">The token is invalid (401).</exception>
    /// <exception cref="KeysUnavailableException">There are no keys that could verify it (500).</exception>
    [LambdaFunction]
    [RestApiAuthorizer(Type = RestApiAuthorizerType.Token)]
    public async Task<APIGatewayCustomAuthorizerResponse> Authorize(
        APIGatewayCustomAuthorizerRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        var caller = verifier.TryVerify(
            await keys.GetAsync(), request.AuthorizationToken, clock.GetUtcNow(), out var problem);
        if (caller is null)
        {
            Logger.LogWarning("Token refused: {problem}", problem);
            throw new UnauthorizedException();
        }

        return StagePolicy.For(caller, request.MethodArn);
    }
}

/// <summary>The gateway answers 401 for this very message, and 500 for any other.</summary>
/// <remarks>Source: API Gateway Developer Guide, "Use API Gateway Lambda authorizers".</remarks>
public sealed class UnauthorizedException() : Exception("Unauthorized");
