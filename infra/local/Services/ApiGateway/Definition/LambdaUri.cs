using Isobar.Local.Deployment;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary><c>arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations</c>.</summary>
internal static class LambdaUri
{
    private const string Before = "path/2015-03-31/functions/";
    private const string After = "/invocations";

    /// <exception cref="DeploymentException">It is no such URI, or absent.</exception>
    public static Arn Read(PropertyReader at, string name)
    {
        var text = at.RequiredString(name);
        if (Arn.TryParse(text) is { Service: "apigateway", AccountId: "lambda" } action
            && action.Resource.StartsWith(Before, StringComparison.Ordinal)
            && action.Resource.EndsWith(After, StringComparison.Ordinal)
            && Arn.TryParse(action.Resource[Before.Length..^After.Length]) is { Service: "lambda" } function)
        {
            return function;
        }

        at.Refuse(
            name, $"must be arn:<partition>:apigateway:<region>:lambda:{Before}<function ARN>{After}, not {text}");
        return new Arn("aws", "lambda", "", "", "function:none");
    }
}
