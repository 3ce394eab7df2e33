using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A function in a VPC names subnets and security groups; one without the other fails when it deploys.
/// </summary>
/// <remarks>Source: AWS Lambda API Reference, VpcConfig.</remarks>
internal sealed class SubnetsComeWithSecurityGroups : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template) =>
        from function in template.Resources
        where function.IsFunction || function.Type == "AWS::Lambda::Function"
        where function.At("VpcConfig") is JsonObject
        let hasSubnets = Has(function, "SubnetIds")
        let hasGroups = Has(function, "SecurityGroupIds")
        where hasSubnets != hasGroups
        select new Finding(
            function.Id, hasSubnets ? "subnets without security groups" : "security groups without subnets");

    private static bool Has(TemplateResource function, string property) =>
        Intrinsic.Each(function.At("VpcConfig", property)).Any();
}
