namespace Isobar.Stories;

/// <summary>What is said where a target can't be had, from facts about a machine alone.</summary>
public sealed class TargetRules
{
    private static readonly Machine Bare = new(DockerEngine: false, Sam: false, Credentials: false, StackName: null);

    [Theory]
    [InlineData(null, Target.Local)]
    [InlineData("", Target.Local)]
    [InlineData("local", Target.Local)]
    [InlineData("localstack", Target.LocalStack)]
    [InlineData("aws", Target.Aws)]
    public void A_variable_names_the_target(string? variable, Target target) =>
        Assert.Equal(target, Requirements.Named(variable));

    [Theory]
    [InlineData("azure")]
    [InlineData("Local")]
    public void A_target_that_is_none_is_an_error_and_no_skip(string variable)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Requirements.Named(variable));

        Assert.Contains($"'{variable}'; the targets are local, localstack and aws", refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_local_host_needs_nothing() => Assert.Null(Requirements.Missing(Target.Local, Bare));

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, "The target localstack needs a Docker engine (none answers).")]
    [InlineData(true, false, "The target localstack needs the sam command (not on the PATH).")]
    [InlineData(false, false,
        "The target localstack needs a Docker engine (none answers) and the sam command (not on the PATH).")]
    public void LocalStack_says_exactly_what_it_lacks(bool docker, bool sam, string? reason) =>
        Assert.Equal(
            reason, Requirements.Missing(Target.LocalStack, Bare with { DockerEngine = docker, Sam = sam }));

    [Theory]
    [InlineData(true, "isobar", null)]
    [InlineData(false, "isobar", "The target aws needs credentials of a sandbox account (the SDK finds none).")]
    [InlineData(true, null, "The target aws needs the stack's name (ISOBAR_STACK is not set).")]
    public void AWS_says_exactly_what_it_lacks(bool credentials, string? stack, string? reason) =>
        Assert.Equal(
            reason, Requirements.Missing(Target.Aws, Bare with { Credentials = credentials, StackName = stack }));

    [Fact]
    public void A_story_of_another_target_says_where_it_runs() =>
        Assert.Equal(
            "ISOBAR_TARGET is aws; this story runs on local, localstack only.",
            Requirements.Elsewhere(Target.Aws, [Target.Local, Target.LocalStack]));

    [Theory]
    [InlineData(null, "localstack/localstack:4.14")]
    [InlineData("", "localstack/localstack:4.14")]
    [InlineData("ls-token", "localstack/localstack:latest")]
    public void LocalStack_is_the_last_image_without_a_token_or_the_newest_with_one(string? token, string image) =>
        Assert.Equal(image, Requirements.LocalStackImage(token));
}
