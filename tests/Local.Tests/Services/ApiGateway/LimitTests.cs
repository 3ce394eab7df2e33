using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Requests;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApiGateway;

public sealed class LimitTests
{
    private const string Paths = "/{proxy+}:\n  x-amazon-apigateway-any-method: " + ApiGatewayOnPortZero.Proxy;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_10_MiB_is_taken_and_no_larger_one(bool chunked)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        api.Functions.Run = (_, payload) => ValueTask.FromResult(StubFunctions.Success(
            new JsonObject { ["body"] = $"{((string)payload!["body"]!).Length}" }));
        Assert.Equal("10485760", (await SendAsync(10_485_760)).Body);
        var over = await SendAsync(10_485_761);
        Assert.Equal((413, "HTTP content length exceeded 10485760 bytes."), over.Refusal);
        Assert.Equal("RequestTooLargeException", over.Header("x-amzn-ErrorType"));

        Task<ApiAnswer> SendAsync(int bytes)
        {
            var content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string('x', bytes))));
            if (chunked) content.Headers.ContentLength = null;
            return api.SendAsync(HttpMethod.Post, "/x", content, chunked ? [("Transfer-Encoding", "chunked")] : []);
        }
    }

    [Theory]
    [InlineData("", 29_000)]
    [InlineData(", timeoutInMillis: 500", 500)]
    public async Task A_function_is_waited_for_as_long_as_the_integration_says_and_goes_on(string timeout,
        int milliseconds)
    {
        var realTime = new ManualTimeProvider();
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(
            Paths.Replace("uri: INVOKE}", $"uri: INVOKE{timeout}}}"), realTime: realTime);
        var answer = new TaskCompletionSource<InvocationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var called = new TaskCompletionSource();
        api.Functions.Run = (_, _) =>
        {
            called.TrySetResult();
            return new(answer.Task);
        };
        var client = api.GetAsync("/x");
        await called.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var due = await TimerAsync(realTime);
        Assert.Equal(realTime.GetUtcNow().AddMilliseconds(milliseconds), due);
        realTime.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(client.IsCompleted);
        realTime.Advance(TimeSpan.FromMilliseconds(1));
        var seen = await client;
        Assert.Equal((504, "Endpoint request timed out"), seen.Refusal);
        Assert.Single(api.World.Journal.After(0), entry => entry.Fact is IntegrationTimedOut);

        answer.SetException(new AwsException("ServiceException", "later", 500));
        await api.World.Journal.WaitForAsync<IntegrationRefused>(fact => fact.Code == "ServiceException",
            TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void There_are_600_APIs_and_no_more()
    {
        var state = new ApiGatewayState();
        for (var i = 0; i < 600; i++) state.Add(Api($"{i:d10}"));
        Assert.Equal("LimitExceededException", Assert.Throws<AwsException>(() => state.Add(Api("another"))).Code);
    }

    [Fact]
    public void An_API_has_10_stages_and_no_more()
    {
        var state = new ApiGatewayState();
        state.Add(Api("a"));
        state.Deploy("a", "d");
        for (var i = 0; i < 10; i++) Stage($"s{i}");
        Assert.Equal("LimitExceededException", Assert.Throws<AwsException>(() => Stage("another")).Code);
        Assert.Equal("ConflictException", Assert.Throws<AwsException>(() => Stage("s0")).Code);

        void Stage(string name) =>
            state.AddStage("a", name, "d", new Dictionary<string, string>(), null, false, DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void An_API_has_300_resources_and_no_more()
    {
        static ApiMethod[] Methods(int count) =>
            [.. Enumerable.Range(0, count).Select(i => new ApiMethod($"/r{i}", "GET", new ProxyIntegration(new Arn("",
                "", "", "", ""), default)))];

        Assert.Empty(RouteTable.Errors(Methods(299)));
        Assert.Equal("are 301 resources; an API has at most 300", Assert.Single(RouteTable.Errors(Methods(300))));
    }

    [Fact]
    public async Task An_API_has_10_authorizers_and_no_more()
    {
        string Document(int count) => "components:\n  securitySchemes:\n" + string.Concat(
            Enumerable.Range(0, count).Select(i => $$"""
                a{{i}}:
                  type: apiKey
                  name: Auth
                  in: header
                  x-amazon-apigateway-authtype: custom
                  x-amazon-apigateway-authorizer: {type: token, authorizerUri: INVOKE}

            """));
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths, Document(10));
        var error = await Assert.ThrowsAsync<DeploymentException>(
            () => api.DeployAsync(ApiGatewayOnPortZero.Template(Paths, Document(11)), "second"));
        Assert.Contains("a10 is too many: an API has at most 10", error.Message);
    }

    [Fact]
    public void A_schema_that_only_refers_to_itself_ends()
    {
        JsonSchema? schema = null;
        schema = new JsonSchema { Reference = () => schema };
        Assert.Equal("instance is nested too deep", schema.Check("x"));
    }

    private static async Task<DateTimeOffset> TimerAsync(ManualTimeProvider time)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (time.Timers().Count == 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return time.Timers()[0];
    }

    private static RestApi Api(string id) => new(
        id, id, null, "EDGE", DateTimeOffset.UnixEpoch, "000000000000", "us-east-1", "aws", new ApiDefinition(
            [new ApiMethod("/", "GET", new ProxyIntegration(new Arn("", "", "", "", ""), default))],
            new Dictionary<string, GatewayResponse>(), []));
}
