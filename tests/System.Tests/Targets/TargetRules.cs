using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>What is said where a target can't be had, from facts about a machine alone.</summary>
public sealed class TargetRules
{
    private static readonly Machine Bare = new(
        DockerApi: null, DockerApiChosen: null, Sam: false, Credentials: false, StackName: null,
        LocalStackEndpoint: null);

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
    [InlineData("1.44", null, true, null)]
    [InlineData("1.50", null, true, null)]
    [InlineData(null, null, true, "The target localstack needs a Docker engine (none answers).")]
    [InlineData("1.44", null, false, "The target localstack needs the sam command (not on the PATH).")]
    [InlineData(null, null, false,
        "The target localstack needs a Docker engine (none answers) and the sam command (not on the PATH).")]
    [InlineData("1.41", null, true,
        "The target localstack needs a Docker engine of API 1.44 or later (this one speaks 1.41; "
        + "set DOCKER_API_VERSION=1.41).")]
    [InlineData("1.41", "1.41", true, null)]
    public void LocalStack_says_exactly_what_it_lacks(string? api, string? chosen, bool sam, string? reason) =>
        Assert.Equal(reason, Requirements.Missing(
            Target.LocalStack, Bare with { DockerApi = Read(api), DockerApiChosen = Read(chosen), Sam = sam }));

    [Theory]
    [InlineData(true, null, null)]
    [InlineData(false, "isobar", null)]
    [InlineData(false, null, "The target localstack needs the sam command (not on the PATH).")]
    public void A_LocalStack_that_already_runs_needs_no_engine_and_a_stack_that_is_there_no_sam(
        bool sam, string? stack, string? reason) =>
        Assert.Equal(reason, Requirements.Missing(Target.LocalStack, Bare with
        {
            LocalStackEndpoint = new Uri("http://127.0.0.1:4566"), Sam = sam, StackName = stack,
        }));

    [Theory]
    [InlineData("""{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12"}""", "1.41")]
    [InlineData("""{"Version":"28.2.2","ApiVersion":"1.50","MinAPIVersion":"1.24"}""", "1.50")]
    [InlineData("not an engine", null)]
    public async Task An_engine_is_asked_for_its_API_version(string answer, string? api)
    {
        await using var engine = await AnsweringServer.StartAsync(answer);

        Assert.Equal(Read(api), Machine.FindDockerApi($"tcp://{engine.Address.Authority}"));
    }

    [Fact]
    public void No_engine_answers_at_a_socket_that_is_not_there() =>
        Assert.Null(Machine.FindDockerApi($"unix://{Path.Combine(Path.GetTempPath(), "no-such-engine.sock")}"));

    /// <summary>
    /// SAM reads the samconfig.toml beside the template that the command line names, unless it has an absolute path.
    /// </summary>
    /// <remarks>Source: AWS SAM CLI 1.164, run.</remarks>
    [Fact]
    public void Both_SAM_commands_name_this_repositorys_configuration_wherever_the_template_is()
    {
        foreach (var command in SamCommand.Commands("/elsewhere", "keys"))
        {
            var at = Array.IndexOf(command, "--config-file");
            Assert.True(at > 0, string.Join(' ', command));
            Assert.Equal(Repository.In("samconfig.toml"), command[at + 1]);
            Assert.True(Path.IsPathFullyQualified(command[at + 1]) && File.Exists(command[at + 1]));
            Assert.Equal("localstack", command[Array.IndexOf(command, "--config-env") + 1]);
        }
    }

    [Fact]
    public void What_the_first_SAM_command_builds_is_what_the_second_deploys()
    {
        var (build, deploy) =
            (SamCommand.Commands("/elsewhere", "keys")[0], SamCommand.Commands("/elsewhere", "keys")[1]);

        Assert.Equal("/elsewhere", build[Array.IndexOf(build, "--build-dir") + 1]);
        Assert.Equal("/elsewhere/template.yaml", deploy[Array.IndexOf(deploy, "--template-file") + 1]);
    }

    [Fact]
    public void The_profiles_parameters_are_deployed_beside_the_public_keys()
    {
        var deploy = SamCommand.Commands("/elsewhere", "eyJ9")[1];

        Assert.Contains($"parameter_overrides = \"{SamCommand.ProfileParameters}\"",
            File.ReadAllText(Repository.In("samconfig.toml")), StringComparison.Ordinal);
        Assert.Equal($"{SamCommand.ProfileParameters} TokenPublicKeys=eyJ9",
            deploy[Array.IndexOf(deploy, "--parameter-overrides") + 1]);
    }

    [Fact]
    public void A_key_of_this_machines_user_is_used_only_for_a_stack_that_has_its_public_half()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-user-key-");
        try
        {
            var path = Path.Combine(folder.FullName, "token-key.pem");
            Assert.Null(UserTokens.Known(["eyJrZXlzIjpbXX0"], path));
            Assert.False(File.Exists(path));

            using var key = KeyFile.LoadOrCreate(path);
            var keys = new TokenIssuer(key).PublicKeys;
            Assert.Null(UserTokens.Known(["eyJrZXlzIjpbXX0"], path));
            Assert.Equal(keys, UserTokens.Known(["eyJrZXlzIjpbXX0", keys], path)?.PublicKeys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

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

    [Fact]
    public void A_stack_that_nobody_asks_for_is_not_started()
    {
        var starts = 0;
        var stack = new LazyStart<string>(() => Task.FromResult($"stack {++starts}"));

        Assert.Null(stack.Started);
        Assert.Equal(0, starts);
        Assert.Equal("stack 1", stack.Value);
        Assert.Equal("stack 1", stack.Value);
        Assert.Equal("stack 1", stack.Started);
    }

    [Fact]
    public void A_stack_that_does_not_start_fails_the_first_story_and_skips_the_others()
    {
        var starts = 0;
        var stack = new LazyStart<string>(() => throw new InvalidOperationException($"no engine, start {++starts}"));

        Assert.Equal("no engine, start 1", Assert.Throws<InvalidOperationException>(() => stack.Value).Message);
        Assert.Contains("The stack did not start; the first story that asked for it says why.", Skipped(stack),
            StringComparison.Ordinal);
        Assert.Equal(1, starts);
        Assert.Null(stack.Started);
    }

    [Fact]
    public async Task What_fails_while_a_container_is_removed_does_not_hide_why_it_did_not_start()
    {
        var first = new TimeoutException("it was not ready after 60 s");

        var error = await FailedStart.EndAsync("localstack/localstack:4.14", first,
            () => Task.FromResult("port 4566 is taken"),
            () => throw new InvalidOperationException("no such container"));

        Assert.Equal("""
            localstack/localstack:4.14 did not get ready: it was not ready after 60 s
            Its log ends with:
            port 4566 is taken
            Removing it failed as well: no such container
            """, error.Message);
        Assert.Same(first, error.InnerException);
    }

    [Fact]
    public async Task A_container_without_a_log_that_is_removed_says_only_why_it_did_not_start()
    {
        var error = await FailedStart.EndAsync("localstack/localstack:4.14", new IOException("no such image"),
            () => throw new InvalidOperationException("it was not created"), () => Task.CompletedTask);

        Assert.Equal(
            "localstack/localstack:4.14 did not get ready: no such image\nIt has no log: it was not created",
            error.Message);
    }

    // Not by Assert.Throws, which lets a skip through.
    private static string Skipped(LazyStart<string> stack)
    {
        try
        {
            return $"not skipped but {stack.Value}";
        }
        catch (Exception skip)
        {
            return skip.Message;
        }
    }

    private static Version? Read(string? version) => version is null ? null : Version.Parse(version);
}
