using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;
using Isobar.Tests;

namespace Isobar.Local.Tests.Lambda.Control;

/// <summary>Aliases: one version, or two by weight, and each refusal.</summary>
public sealed class AliasTests
{
    private const string Echo = "/2015-03-31/functions/echo";
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:echo";

    [Fact]
    [Claim("V4")]
    [Claim("V6")]
    public async Task An_invocation_of_an_alias_runs_the_version_that_it_points_to_until_it_is_moved()
    {
        await using var lambda = await TwoVersionsAsync();
        var created = await CreateAsync(lambda, """{"Name":"live","FunctionVersion":"1","Description":"first"}""");
        Assert.Equal("1", await ExecutedAsync(lambda, "live"));

        var moved = await UpdateAsync(lambda, "live", """{"FunctionVersion":"2"}""");

        Assert.Equal("2", await ExecutedAsync(lambda, "live"));
        Assert.Equal($"{Arn}:live", lambda.Pool.Requests.Last().InvokedFunctionArn);
        Assert.Equal((201, $"{Arn}:live", "first", "1"), Shown(created));
        Assert.Equal((200, $"{Arn}:live", "first", "2"), Shown(moved));
        Assert.NotEqual((string?)created.Json["RevisionId"], (string?)moved.Json["RevisionId"]);

        static (int, string?, string?, string?) Shown(LambdaAnswer answer) => (
            answer.Status, (string?)answer.Json["AliasArn"], (string?)answer.Json["Description"],
            (string?)answer.Json["FunctionVersion"]);
    }

    [Fact]
    [Claim("V6")]
    public void Ten_thousand_invocations_are_shared_by_weight()
    {
        // Always the same draws: with others, one run of 370 would be further off by chance.
        var registry = new FunctionRegistry(new AccountLimits(), new Random(9));
        registry.Deploy(FunctionRegistryTests.Function("f", reserved: null));
        var entry = registry.Entry("f")!;
        Publish(entry);
        registry.Deploy(entry.Latest with { Description = "newer" });
        Publish(entry);
        entry.Put(new FunctionAlias("live", "1", "", "r") { Additional = new WeightedVersion("2", 0.1) });
        var alias = registry.Resolve("f", "live")!;

        var second = 0;
        for (var call = 0; call < 10_000; call++)
        {
            var admission = registry.Enter(alias, InvocationPriority.Background, DateTimeOffset.UnixEpoch)!;
            if (admission.Function.Version == "2") second++;
            registry.Leave(admission);
        }

        // Of 10,000 draws with probability 0.1, the standard deviation is 30.
        Assert.InRange(second, 910, 1_090);

        static void Publish(FunctionEntry entry) => entry.Publish(null, DateTimeOffset.UnixEpoch, "a", "b");
    }

    [Theory]
    [InlineData(0.0, "1")]
    [InlineData(1.0, "2")]
    public async Task A_weight_of_nothing_or_everything_is_not_a_matter_of_luck(double weight, string executed)
    {
        await using var lambda = await TwoVersionsAsync();
        await CreateAsync(lambda, """{"Name":"live","FunctionVersion":"1"}""");
        await UpdateAsync(lambda, "live", new JsonObject
        {
            ["RoutingConfig"] = new JsonObject { ["AdditionalVersionWeights"] = new JsonObject { ["2"] = weight } },
        }.ToJsonString());

        for (var call = 0; call < 50; call++) Assert.Equal(executed, await ExecutedAsync(lambda, "live"));
    }

    [Fact]
    public async Task An_empty_routing_configuration_gives_everything_to_the_one_version()
    {
        await using var lambda = await TwoVersionsAsync();
        await CreateAsync(lambda,
            """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}""");
        var described = await UpdateAsync(lambda, "live", """{"Description":"half"}""");
        var cleared = await UpdateAsync(lambda, "live", """{"RoutingConfig":{"AdditionalVersionWeights":{}}}""");

        Assert.Equal(0.5, (double)described.Json["RoutingConfig"]!["AdditionalVersionWeights"]!["2"]!);
        Assert.Null(cleared.Json["RoutingConfig"]);
        Assert.Equal("half", (string?)cleared.Json["Description"]);
    }

    [Theory]
    [InlineData("""{"Name":"2024","FunctionVersion":"1"}""", 400, "ValidationException")]
    [InlineData("""{"Name":"a b","FunctionVersion":"1"}""", 400, "ValidationException")]
    [InlineData("""{"FunctionVersion":"1"}""", 400, "ValidationException")]
    [InlineData("""{"Name":"live"}""", 400, "ValidationException")]
    [InlineData("""{"Name":"live","FunctionVersion":"10"}""", 404, "ResourceNotFoundException")]
    [InlineData("""{"Name":"live","FunctionVersion":"01"}""", 404, "ResourceNotFoundException")]
    [InlineData("""{"Name":"live","FunctionVersion":"other"}""", 404, "ResourceNotFoundException")]
    [InlineData("""{"Name":"other","FunctionVersion":"1"}""", 409, "ResourceConflictException")]
    [InlineData("""{"Name":"live","FunctionVersion":"1","Weight":1}""", 400, "InvalidRequestContentException")]
    [Claim("V3")]
    [Claim("V4")]
    public async Task An_alias_is_refused(string body, int status, string code)
    {
        await using var lambda = await TwoVersionsAsync();
        await CreateAsync(lambda, """{"Name":"other","FunctionVersion":"1"}""");

        var answer = await CreateAsync(lambda, body);

        Assert.Equal((status, code), (answer.Status, answer.Header("x-amzn-ErrorType")));
        var listed = (await lambda.SendAsync(HttpMethod.Get, $"{Echo}/aliases")).Json["Aliases"]!.AsArray();
        Assert.Equal("other", (string?)Assert.Single(listed)!["Name"]);
    }

    [Theory]
    [InlineData("1", """{"2":0.5,"3":0.1}""", 400, "InvalidParameterValueException")]
    [InlineData("1", """{"1":0.5}""", 400, "InvalidParameterValueException")]
    [InlineData("$LATEST", """{"1":0.5}""", 400, "InvalidParameterValueException")]
    [InlineData("1", """{"2":1.1}""", 400, "ValidationException")]
    [InlineData("1", """{"2":-0.1}""", 400, "ValidationException")]
    [InlineData("1", """{"$LATEST":0.5}""", 400, "ValidationException")]
    [InlineData("1", """{"live":0.5}""", 400, "ValidationException")]
    [InlineData("1", """{"10":0.5}""", 404, "ResourceNotFoundException")]
    [InlineData("1", """{"02":0.5}""", 404, "ResourceNotFoundException")]
    [Claim("V5")]
    public async Task A_weight_is_refused(string version, string weights, int status, string code)
    {
        await using var lambda = await TwoVersionsAsync();

        var answer = await CreateAsync(lambda, $$"""
            {"Name":"live","FunctionVersion":"{{version}}","RoutingConfig":{"AdditionalVersionWeights":{{weights}} } }
            """);

        Assert.Equal((status, code), (answer.Status, answer.Header("x-amzn-ErrorType")));
    }

    [Theory]
    [InlineData("""{"Role":"arn:aws:iam::000000000000:role/another"}""")]
    [InlineData("""{"DeadLetterConfig":{"TargetArn":"arn:aws:sqs:us-east-1:000000000000:letters"}}""")]
    [Claim("V5")]
    public async Task Two_versions_of_an_alias_share_role_and_dead_letter_queue(string difference)
    {
        await using var lambda = await TwoVersionsAsync();
        await lambda.SendAsync(HttpMethod.Put, $"{Echo}/configuration", new StringContent(difference));
        await lambda.SendAsync(HttpMethod.Post, $"{Echo}/versions", new StringContent("{}"));

        var refused = await CreateAsync(lambda,
            """{"Name":"live","FunctionVersion":"2","RoutingConfig":{"AdditionalVersionWeights":{"3":0.5}}}""");
        var alike = await CreateAsync(lambda,
            """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}""");

        Assert.Equal((400, 201), (refused.Status, alike.Status));
    }

    [Fact]
    public async Task An_update_of_another_revision_is_refused()
    {
        await using var lambda = await TwoVersionsAsync();
        var created = await CreateAsync(lambda, """{"Name":"live","FunctionVersion":"1"}""");
        var revision = (string?)created.Json["RevisionId"];
        await UpdateAsync(lambda, "live", $$"""{"FunctionVersion":"2","RevisionId":"{{revision}}"}""");

        var stale = await UpdateAsync(lambda, "live", $$"""{"FunctionVersion":"1","RevisionId":"{{revision}}"}""");

        Assert.Equal(412, stale.Status);
        Assert.Equal("2", await ExecutedAsync(lambda, "live"));
    }

    [Fact]
    public async Task Aliases_are_listed_by_the_version_that_they_have()
    {
        await using var lambda = await TwoVersionsAsync();
        await CreateAsync(lambda, """{"Name":"b","FunctionVersion":"1"}""");
        await CreateAsync(lambda, """{"Name":"a","FunctionVersion":"2"}""");
        await CreateAsync(lambda,
            """{"Name":"c","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}""");

        Assert.Equal(["a", "b", "c"], await NamesAsync(""));
        Assert.Equal(["b", "c"], await NamesAsync("?FunctionVersion=1"));
        Assert.Equal(["a", "c"], await NamesAsync("?FunctionVersion=2"));
        Assert.Equal(["b"], await NamesAsync("?MaxItems=1&Marker=a"));

        async Task<string[]> NamesAsync(string query) =>
            [.. (await lambda.SendAsync(HttpMethod.Get, $"{Echo}/aliases{query}")).Json["Aliases"]!.AsArray()
                .Select(alias => (string)alias!["Name"]!)];
    }

    [Fact]
    public async Task An_event_that_an_alias_takes_runs_its_version_and_is_configured_by_the_alias()
    {
        await using var lambda = await TwoVersionsAsync();
        await CreateAsync(lambda, """{"Name":"live","FunctionVersion":"2"}""");
        var config = await lambda.SendAsync(
            HttpMethod.Put, "/2019-09-25/functions/echo/event-invoke-config?Qualifier=live",
            new StringContent("""{"MaximumRetryAttempts":0}"""));
        Assert.Equal((200, $"{Arn}:live"), (config.Status, (string?)config.Json["FunctionArn"]));

        await lambda.InvokeAsync("echo:live", "{}", ("X-Amz-Invocation-Type", "Event"));
        await lambda.World.Journal.WaitForAsync<AsynchronousEventSucceeded>(_ => true, TimeSpan.FromSeconds(20));

        Assert.Equal($"{Arn}:live", lambda.Pool.Requests.Single().InvokedFunctionArn);
    }

    private static async Task<LambdaOnPortZero> TwoVersionsAsync()
    {
        var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Pool.Run = (function, request) => ValueTask.FromResult(
            EnvironmentsInName.Success(request.Payload) with { ExecutedVersion = function.Version });
        await lambda.SendAsync(HttpMethod.Post, $"{Echo}/versions", new StringContent("{}"));
        await lambda.SendAsync(HttpMethod.Put, $"{Echo}/configuration", new StringContent("""{"Timeout":9}"""));
        var second = await lambda.SendAsync(HttpMethod.Post, $"{Echo}/versions", new StringContent("{}"));
        Assert.Equal("2", (string?)second.Json["Version"]);
        return lambda;
    }

    private static Task<LambdaAnswer> CreateAsync(LambdaOnPortZero lambda, string body) =>
        lambda.SendAsync(HttpMethod.Post, $"{Echo}/aliases", new StringContent(body));

    private static Task<LambdaAnswer> UpdateAsync(LambdaOnPortZero lambda, string name, string body) =>
        lambda.SendAsync(HttpMethod.Put, $"{Echo}/aliases/{name}", new StringContent(body));

    private static async Task<string> ExecutedAsync(LambdaOnPortZero lambda, string qualifier)
    {
        var answer = await lambda.SendAsync(
            HttpMethod.Post, $"{Echo}/invocations?Qualifier={qualifier}", new StringContent("{}"));
        Assert.Equal(200, answer.Status);
        return answer.Header("X-Amz-Executed-Version")!;
    }
}
