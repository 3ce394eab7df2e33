using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// An API whose definition refers to a parameter is deployed at every deployment. SAM names the deployment of an API
/// after a hash of the definition, in which a parameter is still a reference: another value makes no new deployment.
/// </summary>
/// <remarks>Source: AWS SAM Developer Guide, AWS::Serverless::Api, AlwaysDeploy; the transform itself, run.</remarks>
internal sealed partial class ParametersReachTheApi : ITemplateCheck
{
    public IEnumerable<Finding> Find(Template template) =>
        from api in template.Of("AWS::Serverless::Api")
        where api.Text("AlwaysDeploy") is not ("true" or "True")
        let body = template.Written["Resources"]?[api.Id]?["Properties"]?["DefinitionBody"]
        let parameters = template.Written["Parameters"]?.AsObject().Select(parameter => parameter.Key).ToHashSet() ?? []
        let used = Intrinsic.Within(body)
            .SelectMany(node => Intrinsic.Ref(node) is { } name
                ? [name]
                : Variable().Matches(Intrinsic.Sub(node) ?? "").Select(match => match.Groups["name"].Value))
            .FirstOrDefault(parameters.Contains)
        where used is not null
        select new Finding(api.Id, $"another value of {used} would not reach its stage");

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Variable();
}
