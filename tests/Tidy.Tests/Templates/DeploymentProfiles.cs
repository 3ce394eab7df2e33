namespace Isobar.Tidy.Tests.Templates;

/// <summary>samconfig.toml deploys what the templates offer, as application.md wants it deployed.</summary>
public sealed class DeploymentProfiles
{
    public static TheoryData<string> Names => 
        [.. SamConfig.Names.Where(name => DeployableTemplates.Paths.Contains(SamConfig.TemplateOf(name)))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_profile_names_a_template_and_only_parameters_that_it_has(string profile)
    {
        var template = Template.Read(SamConfig.TemplateOf(profile));
        var parameters = template.Written["Parameters"]?.AsObject().Select(parameter => parameter.Key) ?? [];

        Assert.Subset(parameters.ToHashSet(), SamConfig.Profile(profile).Parameters.Keys.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_profile_builds_in_source_and_deploys_what_was_built(string profile)
    {
        Assert.Equal("true", SamConfig.Value(profile, "build", "build_in_source"));
        Assert.Equal("true", SamConfig.Value(profile, "deploy", "resolve_s3"));
        Assert.Equal(
            $"{SamConfig.Value(profile, "build", "build_dir")}/template.yaml",
            SamConfig.Value(profile, "deploy", "template_file"));
    }

    /// <summary>SAM keeps its build graph in the folder around build_dir, so that one must differ as well.</summary>
    [Fact]
    public void No_profile_builds_into_the_folder_of_another()
    {
        var folders = Names.Select(name => SamConfig.Value(name.Data, "build", "build_dir")).ToList();

        Assert.All(folders, folder => Assert.StartsWith(".aws-sam/", folder, StringComparison.Ordinal));
        Assert.Distinct(folders.Select(Path.GetDirectoryName));
    }

    /// <summary>Parts share projects: two builds of one project at a time write the same files.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_profile_builds_one_part_after_the_other(string profile)
    {
        Assert.Null(SamConfig.Value(profile, "build", "parallel"));
        Assert.Null(SamConfig.Value(profile, "build", "use_container"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stack_is_deployed_in_us_east_1(string profile) =>
        Assert.Equal("us-east-1", SamConfig.Profile(profile).Region);

    /// <summary>A new account's limit of 10 or 50 leaves nothing to reserve, and idle costs are opted into.</summary>
    [Fact]
    public void A_sandbox_gets_the_templates_defaults_and_is_asked_before_anything_changes()
    {
        Assert.Empty(SamConfig.Profile("default").Parameters);
        Assert.Equal("true", SamConfig.Value("default", "deploy", "confirm_changeset"));
    }

    [Fact]
    public void Every_template_that_people_deploy_has_a_profile() =>
        Assert.Subset(
            SamConfig.Names.Select(SamConfig.TemplateOf).ToHashSet(), DeployableTemplates.Paths.ToHashSet());
}
