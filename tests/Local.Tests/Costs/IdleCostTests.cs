using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Costs;

/// <summary>The idle cost of the templates, from what the SAM transform makes of them.</summary>
public sealed partial class IdleCostTests
{
    [Fact]
    public async Task The_core_stack_with_its_defaults_costs_less_than_a_dollar_a_month_idle()
    {
        var receipt = IdleStack.Sum(await IdleStack.ReadAsync("template.yaml"));

        Assert.InRange(receipt.Dollars, 0, 1);
    }

    [Fact]
    public async Task What_costs_while_idle_is_the_polling_of_the_event_source_mappings_and_the_schedule_alone()
    {
        var costing = (await IdleStack.ReadAsync("template.yaml")).Where(resource => resource.Charges.Count > 0);

        Assert.All(costing, resource => Assert.Contains(
            resource.Type, (string[])["AWS::Lambda::EventSourceMapping", "AWS::Events::Rule"]));
        Assert.Single(costing, resource => resource.Type == "AWS::Events::Rule");
        Assert.Equal(1_460, IdleCosts.Firings("rate(30 minutes)"));

        // 3 times a minute: 3 x 60 x 730.
        Assert.Equal(131_400, IdleCosts.EmptyReceives);
    }

    [Theory]
    [InlineData("EventSourceArn: q, ScalingConfig: {MaximumConcurrency: 2}", 0.2628)]
    [InlineData("EventSourceArn: q", 0.10512)]
    [InlineData("EventSourceArn: q.fifo", 0.3285)]
    [InlineData("EventSourceArn: t, StartingPosition: LATEST", 0)]
    public async Task A_mapping_costs_by_the_pollers_of_its_queue(string properties, double dollars)
    {
        var found = await IdleStack.OfAsync(
            $"Resources: {{It: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{{properties}}}}}}}");

        Assert.Equal((decimal)dollars, IdleStack.Sum(found).Dollars);
    }

    [Fact]
    public async Task Protected_tables_cost_nothing_while_they_are_empty() =>
        Assert.Equal(
            IdleStack.Sum(await IdleStack.ReadAsync("template.yaml")).Dollars,
            IdleStack.Sum(await IdleStack.ReadAsync(
                "template.yaml", "ProtectTables: 'true'\nTelemetry: 'off'\n")).Dollars);

    /// <summary>Looked at before the transform, which makes a version, an alias and a role of a function.</summary>
    [Fact]
    public void The_website_at_the_edge_costs_nothing_while_nobody_visits_it()
    {
        var types = ResourceType().Matches(RepositoryFile.Read("infra/stacks/edge.yaml"))
            .Select(match => match.Groups["type"].Value).Where(type => type != "AWS::Serverless::Function")
            .Concat(["AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::IAM::Role"]);

        Assert.All(types, type => Assert.Empty(IdleCosts.ByType[type]([])));
    }

    [Theory]
    [InlineData("Type: AWS::CloudWatch::Alarm", 0.10)]
    [InlineData("Type: AWS::KMS::Key", 1.00)]
    [InlineData("Type: AWS::CloudWatch::Dashboard", 3.00)]
    [InlineData("Type: AWS::SQS::Queue", 0)]
    public async Task Each_resource_has_its_price(string resource, double dollars)
    {
        var found = await IdleStack.OfAsync($"Resources: {{It: {{{resource}}}}}");

        Assert.Equal((decimal)dollars, IdleStack.Sum(found).Dollars);
    }

    [Theory]
    [InlineData("AWS::EC2::NatGateway", "", "AWS::EC2::NatGateway is not supported")]
    [InlineData("AWS::DynamoDB::Table", "BillingMode: PROVISIONED", "provisioned capacity")]
    [InlineData("AWS::Lambda::Alias", "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}",
        "no price here for ProvisionedConcurrencyConfig")]
    [InlineData("AWS::ApiGateway::Stage", "CacheClusterEnabled: true", "no price here for CacheClusterEnabled")]
    public async Task A_resource_without_a_price_fails_by_its_name(string type, string properties, string error)
    {
        var refused = await Assert.ThrowsAsync<DeploymentException>(() => IdleStack.OfAsync(
            $"Resources: {{Costly: {{Type: '{type}', Properties: {{{properties}}}}}}}"));

        Assert.Contains(error, refused.Errors.Single().ToString(), StringComparison.Ordinal);
        Assert.Contains("Costly", refused.Errors.Single().ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^    Type: (?<type>AWS::\w+::\w+)$", RegexOptions.Multiline)]
    private static partial Regex ResourceType();
}

/// <summary>A resource of a transformed template and what it costs while it is idle.</summary>
internal sealed record IdleResource(string LogicalId, string Type, IReadOnlyList<Charge> Charges);

/// <summary>The resources of a template, transformed, with conditions and parameters decided.</summary>
internal static class IdleStack
{
    public static Task<IReadOnlyList<IdleResource>> ReadAsync(string path, string profile = "") =>
        OfAsync(RepositoryFile.Read(path), profile);

    public static async Task<IReadOnlyList<IdleResource>> OfAsync(string template, string profile = "")
    {
        var found = new List<IdleResource>();
        var provider = new RecordingProvider([.. IdleCosts.ByType.Keys.Except(Inert())])
        {
            ReadDeclaration = declaration => found.Add(Read(declaration)),
        };
        var stack = await Deploy.Template(
            template, provider, profile.Length == 0
                ? ParameterProfile.Empty
                : ParameterProfile.Read(new TemplateSource("parameters.yaml", profile)));
        found.AddRange(stack.Resources.Where(resource => found.All(other => other.LogicalId != resource.LogicalId))
            .Select(resource => new IdleResource(
                resource.LogicalId, resource.Type, [.. PriceOf(resource.LogicalId, resource.Type)([])])));
        return found;
    }

    public static Receipt Sum(IEnumerable<IdleResource> resources) => new(
        resources.SelectMany(resource => resource.Charges).GroupBy(charge => charge.Meter)
            .ToDictionary(meter => ("", meter.Key), meter => meter.Sum(charge => charge.Quantity)));

    private static Func<JsonObject, IEnumerable<Charge>> PriceOf(string logicalId, string type) =>
        IdleCosts.ByType.GetValueOrDefault(type)
        ?? throw new NotSupportedException($"{logicalId}: the table of idle prices has no {type}.");

    // The host accepts these without reading their properties, and they cost nothing whatever those are.
    private static IEnumerable<string> Inert() => HostTemplateParts.All.InertTypes.Select(type => type.Name);

    private static IdleResource Read(ResourceDeclaration declaration)
    {
        var properties = new JsonObject();
        foreach (var name in declaration.Properties.Names.ToList())
            properties[name] = declaration.Properties.OptionalJson(name);
        return new IdleResource(
            declaration.LogicalId, declaration.Type, [.. IdleCosts.ByType[declaration.Type](properties)]);
    }
}
