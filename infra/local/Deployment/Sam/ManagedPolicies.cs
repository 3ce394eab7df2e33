using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>Names of AWS managed policies that functions use, to their ARNs.</summary>
/// <remarks>The real transform knows about 1,200. A name that is not here stays as it is, as in the real transform
/// for names it does not know; nothing depends on it, because permissions are not enforced locally.
/// Source: AWS Managed Policy Reference.</remarks>
internal static class ManagedPolicies
{
    private const string Prefix = "arn:aws:iam::aws:policy/";

    /// <param name="policy">A name or an ARN; a function is given back unchanged.</param>
    public static TemplateNode Arn(TemplateNode policy) => policy switch
    {
        TemplateScalar { Text: "AWSLambdaBasicExecutionRole" or "AWSLambdaSQSQueueExecutionRole"
            or "AWSLambdaDynamoDBExecutionRole" or "AWSLambdaKinesisExecutionRole" or "AWSLambdaRole"
            or "AWSLambdaVPCAccessExecutionRole" } scalar =>
            scalar with { Text = $"{Prefix}service-role/{scalar.Text}" },
        TemplateScalar { Text: "AWSLambdaExecute" or "AWSXrayWriteOnlyAccess" or "AWSXRayDaemonWriteAccess"
            or "CloudWatchLambdaInsightsExecutionRolePolicy" or "AmazonS3ReadOnlyAccess" or "AmazonSQSFullAccess"
            or "AmazonDynamoDBFullAccess" } scalar => scalar with { Text = Prefix + scalar.Text },
        _ => policy,
    };
}
