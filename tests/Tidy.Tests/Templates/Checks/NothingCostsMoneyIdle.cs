namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// What a deployment without parameters creates costs under 1 USD a month while nobody uses it, and asks nothing of a
/// new
/// account's small concurrency limit.
/// </summary>
/// <remarks>
/// Source: the services' price pages, us-east-1. Monthly: a Kinesis shard about 11 USD, a provisioned environment of
/// 512 MB about 5, a NAT gateway about 33, a customer-managed key 1, an interface endpoint about 7, a public address
/// about 4, an API cache from 14; a new account's limit is 10 or 50 environments.
/// </remarks>
internal sealed class NothingCostsMoneyIdle : ITemplateCheck
{
    private static readonly HashSet<string> Costly =
    [
        "AWS::Kinesis::Stream", "AWS::EC2::NatGateway", "AWS::EC2::EIP", "AWS::KMS::Key", "AWS::EC2::Instance",
        "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::RDS::DBInstance", "AWS::ElastiCache::CacheCluster",
        "AWS::SecretsManager::Secret", "AWS::Route53::HostedZone",
    ];

    /// <summary>A stack of its own because it costs money idle: whoever deploys it has chosen that.</summary>
    private const string LiveReadings = "infra/stacks/live.yaml";

    public IEnumerable<Finding> Find(Template template) =>
        template.Profile != Profile.Defaults || template.Path == LiveReadings
            ? []
            : from resource in template.Resources
              let reason = Reason(resource)
              where reason is not null
              select new Finding(resource.Id, $"{reason} by default");

    private static string? Reason(TemplateResource resource) => resource.Type switch
    {
        var type when Costly.Contains(type) => $"{type} costs money idle",
        "AWS::EC2::VPCEndpoint" when resource.Text("VpcEndpointType") is not (null or "Gateway") =>
            "an interface endpoint costs money idle",
        "AWS::DynamoDB::Table" when resource.Text("BillingMode") != "PAY_PER_REQUEST" =>
            "provisioned capacity costs money idle",
        "AWS::Serverless::Api" when resource.Text("CacheClusterEnabled") is "true" or "True" =>
            "a cache cluster costs money idle",
        "AWS::Serverless::Function" or "AWS::Lambda::Alias"
            when resource.At("ProvisionedConcurrencyConfig") is not null => "provisioned concurrency costs money idle",
        "AWS::Serverless::Function" when resource.At("ReservedConcurrentExecutions") is not null =>
            "concurrency is reserved",
        _ => null,
    };
}
