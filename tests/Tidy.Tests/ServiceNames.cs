using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Isobar.Tidy.Tests;

/// <summary>
/// A service brings everything of its own, so nothing outside its folder names it, in a string either. Lambda is not
/// looked for: SAM's functions, and many services' own APIs, are about it.
/// </summary>
public sealed partial class ServiceNames
{
    private const string Host = "infra/local/";
    private const string Services = Host + "Services/";

    /// <summary>The composition root has one line for each service; it names types, no strings.</summary>
    private const string CompositionRoot = Host + "Program.cs";

    /// <summary>Files that name services, and why they must: AWS's own API or template says the name there.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        [Host + "Commands/MetricsCommand.cs"] = "the command reads CloudWatch's API",
        [Host + "Commands/ResendCommand.cs"] = "the command is a client of CloudFormation's API",
        [Host + "Deployment/StackIdentity.cs"] = "a stack's ARN",
        [Host + "Deployment/Sam/DeploymentPreferences.cs"] = "SAM makes CodeDeploy's resources and their role",
        [Host + "Deployment/Sam/ManagedPolicies.cs"] = "the ARNs of AWS's managed policies",
        [Host + "Deployment/Sam/RoleExpansion.cs"] = "SAM makes the role of a function, with managed policies",
        [Host + "Edge/Events/OriginResult.cs"] = "a member of CloudFront's event: an origin that is a bucket",
        [Host + "Edge/Stack/CacheResources.cs"] = "CloudFront's origin type",
        [Host + "Lambda/Control/AliasUpdatePolicy.cs"] = "the update policy of an alias is about CodeDeploy",
        [Host + "Lambda/Control/CodeUploads.cs"] = "Lambda's API: packages are in S3's buckets",
        [Host + "Lambda/Control/Operations/LayerPermissions.cs"] = "a principal in a policy is IAM's ARN",
        [Host + "Lambda/Control/PermissionRequest.cs"] = "a principal in a policy is IAM's ARN",
        [Host + "Lambda/Control/FunctionTemplate.cs"] = "Lambda's API: what a dead-letter target can be",
        [Host + "Lambda/Control/Operations/GetFunction.cs"] = "Lambda's API: the type of a code repository",
        [Host + "Lambda/Delivery/Destinations.cs"] = "Lambda's own keys for records in buckets, and no FIFO targets",
        [Host + "Lambda/Delivery/EventInvokeConfigChanges.cs"] = "Lambda's API: what a destination can be",
        [Host + "Lambda/EventSources/Streams/StreamFailures.cs"] = "Lambda's own keys for records in buckets",
        [Host + "Lambda/EventSources/Streams/StreamRules.cs"] = "Lambda's API: what an on-failure destination can be",
        [Host + "Lambda/Telemetry/PlatformEvents.cs"] = "a member of the Telemetry API",
        [Services + "ApplicationAutoScaling/Operations/RegisterScalableTarget.cs"] = "the service-linked role",
        [Services + "DynamoDb/DynamoDbTemplateParts.cs"] = "the ARN of a managed policy of AWS's",
        [Services + "EventBridge/TargetShape.cs"] = "EventBridge's API: what targets and dead-letter queues can be",
        [Services + "Kinesis/KinesisTemplateParts.cs"] = "the ARN of a managed policy of AWS's",
        [Services + "S3/Notifications/BusObjectEvent.cs"] = "S3's API: a bucket tells the default event bus",
        [Services + "Sns/Subscription.cs"] = "SNS's API: a protocol",
        [Services + "Sns/SubscriptionAttributes.cs"] = "SNS's API: a principal, and what a dead-letter queue is",
        [Services + "Sqs/SqsTemplateParts.cs"] = "the ARN of a managed policy of AWS's",
        [Host + "Lineage/AwsClients.cs"] = "the lineage is a client of CloudFormation's and the Logs' API",
        [Host + "Lineage/LogSearch.cs"] = "a member of FilterLogEvents' answer",
        [Host + "Lineage/StackNames.cs"] = "the lineage looks for log groups in a stack",
        [Host + "Tour/PoisonedChange.cs"] = "the tour is a client of DynamoDB Streams' API",
        [Host + "Tour/ReleaseCalls.cs"] = "the tour is a client of CodeDeploy's API",
        [Host + "Tour/SlowFunction.cs"] = "the tour is a client of Application Auto Scaling's API; a role's ARN",
        [Host + "Tour/StationPage.cs"] = "the tour is a client of EventBridge's API",
        [Host + "Wire/Principal.cs"] = "a principal is named by IAM's ARN",
    };

    [Fact]
    public void No_string_outside_its_folder_names_a_service()
    {
        var found = Findings().Where(finding => !Reasons.ContainsKey(finding.Path)).ToArray();

        Assert.True(found.Length == 0, string.Join('\n', found.Select(finding => finding.ToString())));
    }

    [Fact]
    public void No_reason_to_name_a_service_has_outlived_the_name()
    {
        var naming = Findings().Select(finding => finding.Path).ToHashSet();

        Assert.All(Reasons.Keys, path => Assert.Contains(path, naming));
    }

    /// <summary>The search itself, on strings that it must and must not find.</summary>
    [Theory]
    [InlineData("sqs", true)]
    [InlineData("SQS", true)]
    [InlineData("AWS::SQS::Queue", true)]
    [InlineData("sqs:SendMessage", true)]
    [InlineData("arn:aws:sqs:us-east-1:", true)]
    [InlineData("sqs.amazonaws.com", true)]
    [InlineData("sqs is named in a sentence", false)]
    [InlineData("AWS::SQSX::Queue", false)]
    [InlineData("AmazonSQSFullAccess", false)]
    public void A_name_is_found_alone_in_a_type_an_action_an_ARN_and_a_principal(string text, bool isFound) =>
        Assert.Equal(isFound, new Service("Sqs", "sqs", ["SQS"]).IsIn(text));

    private static IEnumerable<Finding> Findings()
    {
        var services = All().ToList();
        return
            from path in Repository.Files(Host, ".cs")
            where path != CompositionRoot
            from text in Strings(path)
            from service in services
            where !path.StartsWith($"{Services}{service.Folder}/", StringComparison.Ordinal) && service.IsIn(text)
            select new Finding(path, service.Folder, text);
    }

    private static IEnumerable<Service> All()
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root, Services)))
        {
            var files = Repository.Files(Services + Path.GetFileName(folder), ".cs").ToList();
            var name = files.Select(path => SigningName().Match(Repository.Text(path))).First(match => match.Success);
            var types = files.SelectMany(Strings).SelectMany(text => ResourceType().Matches(text))
                .Select(match => match.Groups["service"].Value)
                .Where(service => service is not ("Serverless" or "Lambda"));
            yield return new Service(Path.GetFileName(folder), name.Groups["name"].Value, [.. types.Distinct()]);
        }
    }

    private static IEnumerable<string> Strings(string path) =>
        from token in CSharpSyntaxTree.ParseText(Repository.Text(path)).GetRoot().DescendantTokens()
        where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken
        select token.ValueText;

    [GeneratedRegex(@"SigningName => ""(?<name>[a-z0-9-]+)""")]
    private static partial Regex SigningName();

    [GeneratedRegex(@"AWS::(?<service>\w+)::")]
    private static partial Regex ResourceType();

    private sealed record Service(string Folder, string SigningName, string[] Types)
    {
        // Alone; as the prefix of an action; within an ARN; as the start of a host or principal.
        private readonly Regex use = new(
            $@"^{SigningName}\z|(^|[^\w-]){SigningName}:[A-Za-z*]|:{SigningName}:|\b{SigningName}\.amazonaws");

        public bool IsIn(string text) =>
            text == Folder || text == Folder.ToUpperInvariant() || use.IsMatch(text)
            || Types.Any(type => text.Contains($"AWS::{type}::", StringComparison.Ordinal));
    }

    private sealed record Finding(string Path, string Service, string Text)
    {
        public override string ToString() => $"{Path} names {Service}: {Text}";
    }
}
