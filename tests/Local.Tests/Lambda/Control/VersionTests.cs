using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>Published versions: what they freeze, and what runs.</summary>
public sealed class VersionTests
{
    private const string Echo = "/2015-03-31/functions/echo";

    [Fact]
    [Claim("V1")]
    [Claim("V2")]
    [Claim("B11")]
    public async Task A_version_keeps_its_settings_and_variables_when_the_function_changes()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await ConfigureAsync(lambda, """{"MemorySize":256,"Environment":{"Variables":{"COLOUR":"blue"}}}""");
        var published = await PublishAsync(lambda);
        await ConfigureAsync(lambda, """{"MemorySize":512,"Environment":{"Variables":{"COLOUR":"green"}}}""");

        var version = await lambda.SendAsync(HttpMethod.Get, $"{Echo}/configuration?Qualifier=1");
        var latest = await lambda.SendAsync(HttpMethod.Get, $"{Echo}/configuration");

        Assert.Equal((201, "1"), (published.Status, (string?)published.Json["Version"]));
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:echo:1", (string?)published.Json["FunctionArn"]);
        Assert.Equal((256, "blue"), Settings(version));
        Assert.Equal((512, "green"), Settings(latest));
        Assert.Equal((string?)published.Json["RevisionId"], (string?)version.Json["RevisionId"]);

        static (int, string?) Settings(LambdaAnswer answer) => (
            (int)answer.Json["MemorySize"]!, (string?)answer.Json["Environment"]!["Variables"]!["COLOUR"]);
    }

    [Fact]
    [Claim("T6")]
    public async Task An_invocation_runs_the_version_that_it_names_and_says_which()
    {
        await using var lambda = await VersionsInNameAsync();
        await PublishAsync(lambda);
        await ConfigureAsync(lambda, """{"Description":"newer"}""");

        foreach (var (qualifier, executed) in (Dictionary<string, string>)new()
                 {
                     [""] = "$LATEST", ["?Qualifier=$LATEST"] = "$LATEST", ["?Qualifier=1"] = "1",
                 })
        {
            var answer = await lambda.SendAsync(
                HttpMethod.Post, $"{Echo}/invocations{qualifier}", new StringContent("{}"));
            Assert.Equal(executed, answer.Header("X-Amz-Executed-Version"));
        }

        Assert.Equal(
            "arn:aws:lambda:us-east-1:000000000000:function:echo:1",
            lambda.Pool.Requests.Last().InvokedFunctionArn);
    }

    [Fact]
    public async Task Publishing_without_a_change_answers_the_version_that_is_there()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var first = await PublishAsync(lambda);
        var again = await PublishAsync(lambda, """{"Description":"not taken"}""");
        await ConfigureAsync(lambda, """{"Environment":{"Variables":{}}}""");
        var same = await PublishAsync(lambda);
        await ConfigureAsync(lambda, """{"Timeout":4}""");
        var second = await PublishAsync(lambda, """{"Description":"slower"}""");

        Assert.Equal(("1", "1", "1", "2"), (Version(first), Version(again), Version(same), Version(second)));
        Assert.Equal(201, again.Status);
        Assert.Equal((string?)first.Json["RevisionId"], (string?)again.Json["RevisionId"]);
        Assert.Equal("slower", (string?)second.Json["Description"]);
        var latest = await lambda.SendAsync(HttpMethod.Get, $"{Echo}/configuration");
        Assert.Equal("", (string?)latest.Json["Description"]);
    }

    [Fact]
    public async Task A_number_is_not_given_twice_not_even_to_a_new_function_of_the_name()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await PublishAsync(lambda);
        Assert.Equal(204, (await lambda.SendAsync(HttpMethod.Delete, $"{Echo}?Qualifier=1")).Status);
        var second = await PublishAsync(lambda);
        await ConfigureAsync(lambda, """{"Timeout":4}""");
        var third = await PublishAsync(lambda);

        Assert.Equal(("2", "3"), (Version(second), Version(third)));
        Assert.Equal(404, (await lambda.SendAsync(HttpMethod.Get, $"{Echo}?Qualifier=1")).Status);
        var listed = await lambda.SendAsync(HttpMethod.Get, $"{Echo}/versions");
        Assert.Equal(["$LATEST", "2", "3"], Versions(listed));
    }

    [Theory]
    [InlineData("""{"CodeSha256":"other"}""", 400, "InvalidParameterValueException")]
    [InlineData("""{"RevisionId":"other"}""", 412, "PreconditionFailedException")]
    [InlineData("""{"Versions":1}""", 400, "InvalidRequestContentException")]
    [InlineData("null", 400, "InvalidRequestContentException")]
    public async Task Publishing_is_refused_when_the_caller_expects_something_else(string body, int status, string code)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        var answer = await PublishAsync(lambda, body);

        Assert.Equal((status, code), (answer.Status, answer.Header("x-amzn-ErrorType")));
        Assert.Equal(["$LATEST"], Versions(await lambda.SendAsync(HttpMethod.Get, $"{Echo}/versions")));
    }

    [Fact]
    public async Task The_guards_let_the_right_code_and_revision_pass()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var latest = (await lambda.SendAsync(HttpMethod.Get, $"{Echo}/configuration")).Json;

        var answer = await PublishAsync(lambda, new JsonObject
        {
            ["CodeSha256"] = (string?)latest["CodeSha256"], ["RevisionId"] = (string?)latest["RevisionId"],
        }.ToJsonString());

        Assert.Equal(201, answer.Status);
        // Publishing changes the revision of $LATEST, too.
        Assert.Equal(412, (await PublishAsync(lambda, new JsonObject
        {
            ["RevisionId"] = (string?)latest["RevisionId"],
        }.ToJsonString())).Status);
    }

    [Fact]
    [Claim("C5")]
    public async Task All_versions_share_the_functions_reserved_concurrency()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        const string narrow = "/2015-03-31/functions/narrow";
        await lambda.SendAsync(HttpMethod.Post, $"{narrow}/versions", new StringContent("{}"));
        var (begun, running) = (new TaskCompletionSource(), new TaskCompletionSource<InvocationOutcome>());
        lambda.Pool.Run = (_, _) =>
        {
            begun.SetResult();
            return new ValueTask<InvocationOutcome>(running.Task);
        };
        var first = lambda.SendAsync(HttpMethod.Post, $"{narrow}/invocations?Qualifier=1", new StringContent("{}"));
        await begun.Task;

        var second = await lambda.SendAsync(HttpMethod.Post, $"{narrow}/invocations", new StringContent("{}"));

        Assert.Equal(429, second.Status);
        running.SetResult(EnvironmentsInName.Success("{}"));
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task A_version_that_an_alias_names_is_not_deleted()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await PublishAsync(lambda);
        await lambda.SendAsync(
            HttpMethod.Post, $"{Echo}/aliases", new StringContent("""{"Name":"live","FunctionVersion":"1"}"""));

        Assert.Equal(409, (await lambda.SendAsync(HttpMethod.Delete, $"{Echo}?Qualifier=1")).Status);
        Assert.Equal(400, (await lambda.SendAsync(HttpMethod.Delete, $"{Echo}?Qualifier=$LATEST")).Status);
        Assert.Equal(400, (await lambda.SendAsync(HttpMethod.Delete, $"{Echo}?Qualifier=live")).Status);
        Assert.Equal(204, (await lambda.SendAsync(HttpMethod.Delete, $"{Echo}/aliases/live")).Status);
        Assert.Equal(204, (await lambda.SendAsync(HttpMethod.Delete, $"{Echo}?Qualifier=1")).Status);
    }

    [Fact]
    public async Task A_deleted_function_is_gone_with_its_versions_and_aliases()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await PublishAsync(lambda);

        Assert.Equal(204, (await lambda.SendAsync(HttpMethod.Delete, Echo)).Status);

        foreach (var path in (string[])["", "?Qualifier=1", "/versions", "/aliases", "/configuration"])
            Assert.Equal(404, (await lambda.SendAsync(HttpMethod.Get, Echo + path)).Status);
        Assert.Equal(404, (await lambda.InvokeAsync("echo", "{}")).Status);
        Assert.Equal(404, (await lambda.SendAsync(HttpMethod.Delete, Echo)).Status);
    }

    [Theory]
    [InlineData("""{"MemorySize":127}""", "ValidationException")]
    [InlineData("""{"MemorySize":10241}""", "ValidationException")]
    [InlineData("""{"Timeout":0}""", "ValidationException")]
    [InlineData("""{"Timeout":901}""", "ValidationException")]
    [InlineData("""{"TracingConfig":{"Mode":"Some"}}""", "ValidationException")]
    [InlineData("""{"Runtime":"java21"}""", "InvalidParameterValueException")]
    [InlineData("""{"Role":"admin"}""", "ValidationException")]
    [InlineData("""{"DeadLetterConfig":{"TargetArn":"arn:aws:s3:::bucket"}}""", "InvalidParameterValueException")]
    [InlineData("""{"Environment":{"Variables":{"AWS_REGION":"x"}}}""", "InvalidParameterValueException")]
    [InlineData("""{"Layers":["arn:aws:lambda:us-east-1:000000000000:layer:none:1"]}""",
        "InvalidParameterValueException")]
    [InlineData("""{"VpcConfig":{"SubnetIds":["subnet-1"]}}""", "InvalidParameterValueException")]
    [InlineData("""{"DurableConfig":{}}""", "InvalidRequestContentException")]
    public async Task A_configuration_that_is_wrong_or_not_built_changes_nothing(string body, string code)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        var before = (await lambda.SendAsync(HttpMethod.Get, $"{Echo}/configuration")).Json;

        var answer = await ConfigureAsync(lambda, body, 400);

        Assert.Equal(code, answer.Header("x-amzn-ErrorType"));
        Assert.True(JsonNode.DeepEquals(
            before, (await lambda.SendAsync(HttpMethod.Get, $"{Echo}/configuration")).Json));
    }

    private static string? Version(LambdaAnswer answer) => (string?)answer.Json["Version"];

    private static string[] Versions(LambdaAnswer answer) =>
        [.. answer.Json["Versions"]!.AsArray().Select(version => (string)version!["Version"]!)];

    private static Task<LambdaAnswer> PublishAsync(LambdaOnPortZero lambda, string body = "{}") =>
        lambda.SendAsync(HttpMethod.Post, $"{Echo}/versions", new StringContent(body));

    private static async Task<LambdaAnswer> ConfigureAsync(LambdaOnPortZero lambda, string body, int status = 200)
    {
        var answer = await lambda.SendAsync(HttpMethod.Put, $"{Echo}/configuration", new StringContent(body));
        Assert.Equal(status, answer.Status);
        return answer;
    }

    private static async Task<LambdaOnPortZero> VersionsInNameAsync()
    {
        var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (function, request) => ValueTask.FromResult(
            EnvironmentsInName.Success(request.Payload) with { ExecutedVersion = function.Version });
        return lambda;
    }
}
