namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// AWS refuses provisioned concurrency on an alias that shares its traffic between two versions. A gradual deployment
/// shares it, for its minutes.
/// </summary>
/// <remarks>Source: AWS Lambda Developer Guide, Configuring provisioned concurrency; Create an alias
/// (weighted).</remarks>
internal sealed class AliasesAreWeightedOrProvisioned : ITemplateCheck
{
    private const string Both = "weights and provisioned concurrency on one alias";

    public IEnumerable<Finding> Find(Template template) =>
        (from alias in template.Of("AWS::Lambda::Alias")
         where alias.At("RoutingConfig") is not null && alias.At("ProvisionedConcurrencyConfig") is not null
         select new Finding(alias.Id, Both))
        .Concat(
            from function in template.Functions
            where function.At("ProvisionedConcurrencyConfig") is not null
            where function.Text("DeploymentPreference", "Type") is not (null or "AllAtOnce")
            select new Finding(function.Id, Both));
}
