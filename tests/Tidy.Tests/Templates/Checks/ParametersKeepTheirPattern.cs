namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A parameter of Parameter Store whose first value is a parameter of the template has that one's pattern: what a
/// deployment refuses, nobody may write later.
/// </summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::SSM::Parameter, AllowedPattern.</remarks>
internal sealed class ParametersKeepTheirPattern : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template) =>
        from parameter in template.Of("AWS::SSM::Parameter")
        let first = Intrinsic.Ref(template.Written["Resources"]?[parameter.Id]?["Properties"]?["Value"])
        let pattern = first is null ? null : Intrinsic.Text(template.Written["Parameters"]?[first]?["AllowedPattern"])
        where pattern is not null && parameter.Text("AllowedPattern") != pattern
        select new Finding(parameter.Id, $"takes values that {first}, its first one, would not");
}
