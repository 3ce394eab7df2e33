using Amazon.Lambda.APIGatewayEvents;

namespace Isobar.Authorize;

/// <summary>
/// A policy for the whole stage: the gateway keeps it for the token, and the token's next call may be of another
/// method.
/// </summary>
/// <remarks>Source: API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer".</remarks>
internal static class StagePolicy
{
    /// <param name="methodArn">arn:aws:execute-api:region:account:api/stage/method/path.</param>
    public static APIGatewayCustomAuthorizerResponse For(Caller caller, string methodArn)
    {
        var parts = methodArn.Split('/');
        return new APIGatewayCustomAuthorizerResponse
        {
            PrincipalID = caller.Id,
            PolicyDocument = new APIGatewayCustomAuthorizerPolicy
            {
                Statement =
                [
                    new APIGatewayCustomAuthorizerPolicy.IAMPolicyStatement
                    {
                        Effect = caller.MayWrite ? "Allow" : "Deny",
                        Action = ["execute-api:Invoke"],
                        Resource = [$"{parts[0]}/{parts[1]}/*"],
                    },
                ],
            },
        };
    }
}
