using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;

namespace Isobar.Local.Lambda;

/// <summary>What Lambda adds to templates, beside the functions that SAM is about.</summary>
internal static class LambdaTemplateParts
{
    public static TemplateParts Parts { get; } = new()
    {
        InertTypes =
        [
            new("AWS::Lambda::Permission", null, InertType.NoPermissions, "Action", "EventSourceToken",
                "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal", "PrincipalOrgID",
                "SourceAccount", "SourceArn"),
        ],
        Destinations =
        [
            new("Lambda", (at, function) => at.List(
                SamDestination.Statement(at, "lambda:InvokeFunction", function))),
        ],
    };
}
