namespace Isobar.Tidy.Tests.Templates;

/// <summary>What neither cfn-lint nor the SAM transform says about our templates.</summary>
public sealed class TemplateCheckTests
{
    internal const string Forms = "tests/Tidy.Tests/Templates/forms.yaml";

    public static TheoryData<string> CheckNames => [.. Checks.Select(check => check.GetType().Name)];

    /// <summary>Every check there is: a class is enough.</summary>
    internal static IReadOnlyList<ITemplateCheck> Checks { get; } =
    [
        .. from type in typeof(ITemplateCheck).Assembly.GetTypes()
           where type.IsAssignableTo(typeof(ITemplateCheck)) && type.IsClass
           orderby type.Name
           select (ITemplateCheck)Activator.CreateInstance(type)!,
    ];

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void Our_templates_keep_the_rule_under_every_profile(string check)
    {
        var broken =
            from deployment in DeployableTemplates.Deployments
            from finding in Named(check).Find(Template.Read(deployment.Path, deployment.Profile))
            select $"{deployment.Path} with {deployment.Profile}: {finding}";

        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void Forms_that_are_right_keep_the_rule(string check) =>
        Assert.Empty(Named(check).Find(Template.Read(Forms)));

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void Every_check_is_proven_by_something_broken(string check) =>
        Assert.Contains(check, Mutations.All.Select(mutation => mutation.Check));

    /// <summary>One thing broken gives its finding, from its check, and no other anywhere.</summary>
    [Theory]
    [MemberData(nameof(Mutations.Names), MemberType = typeof(Mutations))]
    public void One_thing_broken_is_one_finding(string mutation)
    {
        var broken = Mutations.All.Single(candidate => candidate.Name == mutation);
        var template = Template.Read(broken.Path).With(broken.Break).Under(broken.Profile);

        var findings =
            from check in Checks
            from finding in check.Find(template)
            select (check.GetType().Name, finding.ToString());

        Assert.Equal([(broken.Check, broken.Finding)], findings);
    }

    private static ITemplateCheck Named(string name) => Checks.Single(check => check.GetType().Name == name);
}
