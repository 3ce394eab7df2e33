using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// The transform takes any text for a deployment preference's type; CodeDeploy then has no such configuration.
/// </summary>
/// <remarks>Source: AWS SAM Developer Guide, Deploying serverless applications gradually.</remarks>
internal sealed partial class DeploymentPreferencesExist : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template) =>
        from function in template.Functions
        let type = function.Text("DeploymentPreference", "Type")
        where type is not null && !Predefined().IsMatch(type)
        select new Finding(function.Id, $"'{type}' is no deployment preference");

    [GeneratedRegex("^(AllAtOnce|Canary10Percent(5|10|15|30)Minutes|Linear10PercentEvery(1|2|3|10)Minutes?)$")]
    private static partial Regex Predefined();
}
