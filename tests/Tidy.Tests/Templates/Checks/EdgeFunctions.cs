using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>The functions of a template that CloudFront runs, and where it does.</summary>
internal static class EdgeFunctions
{
    /// <summary>Each association of a distribution's cache behaviours.</summary>
    public static IEnumerable<(TemplateResource Distribution, JsonObject Association)> Associations(
        Template template) =>
        from distribution in template.Of("AWS::CloudFront::Distribution")
        from behaviour in Intrinsic.Each(distribution.At("DistributionConfig", "CacheBehaviors"))
            .Append(distribution.At("DistributionConfig", "DefaultCacheBehavior"))
        from association in Intrinsic.Each(behaviour?["LambdaFunctionAssociations"])
        select (distribution, (JsonObject)association!);

    /// <summary>The function of an association, whichever way it is named.</summary>
    public static TemplateResource? Behind(Template template, JsonObject association)
    {
        var reference = association["LambdaFunctionARN"];
        var id = Intrinsic.Target(reference)?.Split('.')[0]
            ?? Intrinsic.Sub(reference)?.Split(["${", ".", "}"], StringSplitOptions.RemoveEmptyEntries)[0];
        return template.Functions.FirstOrDefault(function => function.Id == id);
    }

    public static IReadOnlySet<TemplateResource> In(Template template) =>
        Associations(template).Select(pair => Behind(template, pair.Association)).OfType<TemplateResource>()
            .Concat(template.Functions
                .Where(function => Principals(template, function).Contains("edgelambda.amazonaws.com")))
            .ToHashSet();

    /// <summary>The services that may take a function's role, SAM's for it or one of the template.</summary>
    public static IEnumerable<string?> Principals(Template template, TemplateResource function) =>
        from statement in Intrinsic.Each(
            (template.Behind(function.At("Role")) ?? function).At("AssumeRolePolicyDocument", "Statement"))
        from service in Intrinsic.Each(statement?["Principal"]?["Service"])
        select Intrinsic.Text(service);
}
