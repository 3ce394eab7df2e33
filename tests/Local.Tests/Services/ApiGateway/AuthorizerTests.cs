using System.Text.Json.Nodes;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Tests.Services.ApiGateway;

public sealed class AuthorizerTests
{
    private const string Paths = "/{proxy+}:\n  x-amazon-apigateway-any-method: " + ApiGatewayOnPortZero.Proxy;
    private const string Open = """{"principalId":"a","policyDocument":{"Statement":[{""";
    private static readonly (string, string) Token = ("Auth", "secret");

    [Theory]
    [InlineData("Allow", "arn:aws:execute-api:us-east-1:000000000000:{id}/test/GET/a/b", 200)]
    [InlineData("Allow", "arn:aws:execute-api:*:*:{id}/*/GET/a/*", 200)]
    [InlineData("Allow", "arn:aws:execute-api:us-east-1:000000000000:{id}/test/GET/a/?", 200)]
    [InlineData("Allow", "*", 200)]
    [InlineData("Allow", "arn:aws:execute-api:us-east-1:000000000000:{id}/test/POST/*", 403,
        "User is not authorized to access this resource")]
    [InlineData("Deny", "*", 403,
        "User is not authorized to access this resource with an explicit deny in an identity-based policy")]
    public async Task The_policy_decides_by_the_methods_ARN(string effect, string resource, int status,
        string? message = null)
    {
        await using var api = await StartAsync("token");
        Answer(api, () => Policies.Answer(effect, resource.Replace("{id}", api.ApiId)));
        var answer = await api.GetAsync("/a/b", Token);
        Assert.Equal(status, answer.Status);
        if (message is null) return;
        Assert.Equal($$"""{"Message":"{{message}}"}""", answer.Body);
        Assert.Equal("AccessDeniedException", answer.Header("x-amzn-ErrorType"));
    }

    [Fact]
    public async Task A_token_authorizer_is_asked_about_the_token_and_the_method()
    {
        await using var api = await StartAsync("token");
        Answer(api, () => Policies.Answer("Allow", "*"));
        await api.GetAsync("/a", Token);
        var question = api.Functions.Invocations.First().Payload!;
        Assert.Equal(
            ["TOKEN", $"arn:aws:execute-api:us-east-1:000000000000:{api.ApiId}/test/GET/a", "secret"],
            ((string[])["type", "methodArn", "authorizationToken"]).Select(name => (string?)question[name]));
        Assert.Equal(3, question.AsObject().Count);
    }

    [Fact]
    public async Task A_request_authorizer_is_shown_the_request_without_its_body()
    {
        await using var api = await StartAsync("request",
            "identitySource: 'method.request.header.Auth, method.request.querystring.q'");
        Answer(api, () => Policies.Answer("Allow", "*"));
        Assert.Equal(401, (await api.PostAsync("/a", "{}", Token)).Status);
        Assert.Equal(200, (await api.PostAsync("/a?q=1", "{}", Token)).Status);
        var question = api.Functions.Invocations.First().Payload!.AsObject();
        Assert.Equal(("REQUEST", "/a", "{}", "1"), ((string?)question["type"], (string?)question["path"],
            question["stageVariables"]!.ToJsonString(), (string?)question["queryStringParameters"]!["q"]));
        Assert.False(question.ContainsKey("body"));
    }

    [Theory]
    [InlineData("""{"principalId":"a"}""")]
    [InlineData("""{"policyDocument":{"Statement":[]}}""")]
    [InlineData(Open + "\"Action\"" + """:"execute-api:Invoke","Effect":"Perhaps","Resource":"*"}]}}""")]
    [InlineData(Open + "\"Action\"" + """:"execute-api:Invoke","Effect":"Allow","Resource":"*","Condition":{}}]}}""")]
    [InlineData("""{"principalId":"a","policyDocument":{"Statement":[]},"context":{"map":{}}}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task An_answer_that_is_no_policy_is_a_configuration_error(string payload)
    {
        await using var api = await StartAsync("token");
        Answer(api, () => StubFunctions.Success(payload));
        await AssertMisconfigured(api);
    }

    [Fact]
    public async Task A_failing_authorizer_is_a_configuration_error_but_Unauthorized_is_401()
    {
        await using var api = await StartAsync("token");
        Answer(api, () => StubFunctions.Failure("anything"));
        await AssertMisconfigured(api);
        Answer(api, () => StubFunctions.Failure("Unauthorized"));
        var answer = await api.GetAsync("/a", Token);
        Assert.Equal((401, "Unauthorized"), answer.Refusal);
        Assert.Equal("UnauthorizedException", answer.Header("x-amzn-ErrorType"));
    }

    [Fact]
    public async Task Without_an_identity_nobody_is_asked()
    {
        await using var api = await StartAsync("token", "identityValidationExpression: '[a-z]+'");
        Assert.Equal(401, (await api.GetAsync("/a")).Status);
        Assert.Equal(401, (await api.GetAsync("/a", ("Auth", "")))?.Status);
        Assert.Equal(401, (await api.GetAsync("/a", ("Auth", "abc1")))?.Status);
        Assert.Empty(api.Functions.Invocations);
    }

    [Fact]
    public async Task An_answer_is_kept_for_its_time_to_live_and_for_its_identity()
    {
        await using var api = await StartAsync("token", "authorizerResultTtlInSeconds: 60");
        var asked = 0;
        Answer(api, () =>
        {
            asked++;
            return Policies.Answer("Allow", "*");
        });
        await api.GetAsync("/a", Token);
        await api.GetAsync("/b", Token);
        Assert.Equal(1, asked);
        await api.GetAsync("/a", ("Auth", "other"));
        Assert.Equal(2, asked);
        api.World.Clock.JumpBy(TimeSpan.FromSeconds(61));
        await api.GetAsync("/a", Token);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_kept_policy_still_decides_about_each_method()
    {
        await using var api = await StartAsync("token");
        Answer(api, () => Policies.Answer("Allow", $"arn:aws:execute-api:*:*:{api.ApiId}/test/GET/a"));
        Assert.Equal(200, (await api.GetAsync("/a", Token)).Status);
        Assert.Equal(403, (await api.GetAsync("/b", Token)).Status);
    }

    [Fact]
    public async Task With_a_time_to_live_of_zero_nothing_is_kept()
    {
        await using var api = await StartAsync("token", "authorizerResultTtlInSeconds: 0");
        Answer(api, () => Policies.Answer("Allow", "*"));
        await api.GetAsync("/a", Token);
        await api.GetAsync("/a", Token);
        Assert.Equal(4, api.Functions.Invocations.Count);
    }

    [Fact]
    public void The_oldest_answer_goes_when_10000_are_kept()
    {
        var cache = new AuthorizationCache();
        var answer = Authorization.TryRead(Policies.Answer("Allow", "*").Payload.Span)!;
        var now = DateTimeOffset.UnixEpoch;
        for (var i = 0; i <= ApiGatewayLimits.MaxCachedAuthorizations; i++) cache.Add($"{i}", answer,
            now.AddSeconds(1));
        Assert.Equal(10_000, cache.Count);
        Assert.Null(cache.Find("0", now));
        Assert.NotNull(cache.Find("1", now));
        Assert.Null(cache.Find("1", now.AddSeconds(1)));
        Assert.Equal(9_999, cache.Count);
    }

    private static void Answer(ApiGatewayOnPortZero api, Func<InvocationAnswer> authorize)
    {
        api.Functions.Run = (function, payload) => ValueTask.FromResult(
            payload!["type"] is null ? StubFunctions.Success("""{"statusCode":200}""") : authorize());
    }

    private static async Task AssertMisconfigured(ApiGatewayOnPortZero api)
    {
        var answer = await api.GetAsync("/a", Token);
        Assert.Equal((500, """{"message":null}""", "AuthorizerConfigurationException"),
            (answer.Status, answer.Body, answer.Header("x-amzn-ErrorType")));
    }

    private static Task<ApiGatewayOnPortZero> StartAsync(string type, string more = "") =>
        ApiGatewayOnPortZero.StartWithAsync(Paths, $"""
            security: [own: []]
            components:
              securitySchemes:
                own:
                  type: apiKey
                  name: Auth
                  in: header
                  x-amazon-apigateway-authtype: custom
                  x-amazon-apigateway-authorizer:
                    type: {type}
                    authorizerUri: INVOKE
                    {more}
            """);
}
