namespace Isobar.Local.Deployment;

/// <summary>Resource types that change nothing locally: accepted, named, and listed at the start.</summary>
/// <remarks>What Ref and GetAtt give follows the AWS CloudFormation Template Reference of each type.</remarks>
internal sealed class InertResources : IResourceProvider
{
    private const string NoAlarms = "metrics are shown, alarms and dashboards are not evaluated";
    private const string NoExpiry = "logs live as long as the host";
    private const string NoPermissions = "permissions are not enforced";

    private static readonly IReadOnlyDictionary<string, InertType> Types = new InertType[]
    {
        new("AWS::CloudWatch::Alarm", "AlarmName", NoAlarms, "ActionsEnabled", "AlarmActions", "AlarmDescription",
            "ComparisonOperator", "DatapointsToAlarm", "Dimensions", "EvaluateLowSampleCountPercentile",
            "EvaluationPeriods", "ExtendedStatistic", "InsufficientDataActions", "MetricName", "Metrics", "Namespace",
            "OKActions", "Period", "Statistic", "Tags", "Threshold", "ThresholdMetricId", "TreatMissingData", "Unit"),
        new("AWS::CloudWatch::Dashboard", "DashboardName", NoAlarms, "DashboardBody"),
        new("AWS::Logs::LogGroup", "LogGroupName", NoExpiry, "DataProtectionPolicy", "FieldIndexPolicies",
            "KmsKeyId", "LogGroupClass", "ResourcePolicyDocument", "RetentionInDays", "Tags"),
        new("AWS::IAM::Role", "RoleName", NoPermissions, "AssumeRolePolicyDocument", "Description",
            "ManagedPolicyArns", "MaxSessionDuration", "PermissionsBoundary", "Policies", "Tags"),
        new("AWS::IAM::ManagedPolicy", "ManagedPolicyName", NoPermissions, "Description", "Groups",
            "PolicyDocument", "Roles", "Users"),
        new("AWS::S3::BucketPolicy", "Bucket", NoPermissions, "PolicyDocument"),
        new("AWS::SNS::TopicPolicy", null, NoPermissions, "PolicyDocument", "Topics"),
        new("AWS::SQS::QueuePolicy", null, NoPermissions, "PolicyDocument", "Queues"),
        new("AWS::Lambda::Permission", null, NoPermissions, "Action", "EventSourceToken", "FunctionName",
            "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal", "PrincipalOrgID", "SourceAccount",
            "SourceArn"),
    }.ToDictionary(type => type.Name);

    public IReadOnlyCollection<string> ResourceTypes => [.. Types.Keys];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var type = Types[declaration.Type];
        var properties = declaration.Properties;
        var name = type.NameProperty is { } property ? properties.OptionalString(property) : null;
        // IAM is the one service whose resources have paths, and these are part of the ARN.
        var hasPath = type.Name.StartsWith("AWS::IAM::", StringComparison.Ordinal);
        var path = hasPath ? properties.OptionalString("Path") : null;
        properties.InertResource(declaration.Location, type.Properties, type.Why);
        properties.Finish();
        name ??= PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        return new ValueTask<DeployedResource>(Deployed(declaration, name, path ?? "/"));
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, string name, string path)
    {
        var (partition, region, account) =
            (declaration.Stack.Partition, declaration.Stack.Region, declaration.Stack.AccountId);
        var iam = $"arn:{partition}:iam::{account}";
        return declaration.Type switch
        {
            "AWS::CloudWatch::Alarm" => With(name, ("Arn", $"{Arn("cloudwatch")}:alarm:{name}")),
            "AWS::Logs::LogGroup" => With(name, ("Arn", $"{Arn("logs")}:log-group:{name}:*")),
            "AWS::IAM::Role" => With(name, ("Arn", $"{iam}:role{path}{name}"), ("RoleId", RoleId(declaration))),
            "AWS::IAM::ManagedPolicy" => With($"{iam}:policy{path}{name}", ("PolicyArn", $"{iam}:policy{path}{name}")),
            "AWS::SNS::TopicPolicy" or "AWS::SQS::QueuePolicy" => With(name, ("Id", name)),
            _ => With(name),
        };

        string Arn(string service) => $"arn:{partition}:{service}:{region}:{account}";

        DeployedResource With(string id, params (string Name, string Value)[] attributes) => new(
            declaration.LogicalId, declaration.Type, id, id,
            attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
    }

    /// <summary><c>AROA</c> and 17 characters. Source: AWS IAM User Guide, unique identifiers.</summary>
    private static string RoleId(ResourceDeclaration declaration)
    {
        var suffix = PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64)[^12..];
        return $"AROAZ0000{suffix}";
    }

    private sealed record InertType(string Name, string? NameProperty, string Why, params string[] Properties);
}
