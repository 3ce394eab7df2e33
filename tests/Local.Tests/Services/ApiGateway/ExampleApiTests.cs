using System.Text.Json.Nodes;
using Isobar.Local.Services;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>The API of example.template.yaml, as its clients see it.</summary>
public sealed class ExampleApiTests
{
    private const string Station = """{"station":"USW00094728"}""";

    private static readonly (string, string) Token = ("Authorization", "Bearer good");

    [Fact]
    public async Task An_asynchronous_call_is_answered_at_once_with_the_id_that_its_function_gets()
    {
        await using var api = await StartAsync();
        var answer = await api.PostAsync("/imports", Station, Token);
        Assert.Equal((202, "application/json"), (answer.Status, answer.MediaType));
        var id = (string)answer.Json["importId"]!;
        Assert.Equal(answer.Header("x-amzn-RequestId"), id);
        var (function, payload) = Assert.Single(api.Functions.Events);
        Assert.Equal("ImportFunction", function);
        Assert.Equal($$$"""{"importId":"{{{id}}}","caller":"alice","request":{{{Station}}}}""",
            payload!.ToJsonString());
    }

    [Fact]
    public async Task A_synchronous_call_is_answered_by_its_function()
    {
        await using var api = await StartAsync();
        var answer = await api.GetAsync("/jobs/7");
        Assert.Equal(200, answer.Status);
        Assert.Equal("""{"id":"7"}""", answer.Json["pathParameters"]!.ToJsonString());
        Assert.Equal("""{"MODE":"fast"}""", answer.Json["stageVariables"]!.ToJsonString());
        Assert.Null(answer.Json["requestContext"]!["authorizer"]);
    }

    [Fact]
    public async Task A_writing_call_tells_its_function_who_calls()
    {
        await using var api = await StartAsync();
        var answer = await api.PostAsync("/jobs/7/redrive", "", Token);
        var authorizer = answer.Json["requestContext"]!["authorizer"]!;
        Assert.Equal(("alice", "3"), ((string?)authorizer["principalId"], (string?)authorizer["quota"]));
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"station":7}""", 400)]
    [InlineData("""{"station":"../../etc"}""", 400)]
    [InlineData("""{"station":"USW00094728","more":1}""", 400)]
    [InlineData("""{"station":"\ud800"}""", 400)]
    [InlineData(Station, 401, "")]
    [InlineData(Station, 401, "Basic good")]
    [InlineData(Station, 401, "Bearer expired")]
    [InlineData(Station, 403, "Bearer forged")]
    [InlineData(Station, 415, "Bearer good", "text/csv")]
    public async Task Bad_input_gets_a_problem_document_and_changes_nothing(
        string body, int status, string token = "Bearer good", string mediaType = "application/json")
    {
        await using var api = await StartAsync();
        var content = new StringContent(body);
        content.Headers.ContentType = new(mediaType);
        var answer = await api.SendAsync(HttpMethod.Post, "/imports", content, ("Authorization", token));
        AssertProblem(answer, status);
        Assert.Empty(api.Functions.Events);
    }

    [Fact]
    public async Task A_body_over_the_limit_gets_a_problem_document()
    {
        await using var api = await StartAsync();
        AssertProblem(await api.PostAsync("/imports", new string(' ', 10_485_761), Token), 413);
        Assert.Empty(api.Functions.Invocations);
    }

    [Theory]
    [InlineData("GET", "/nothing", 403)]
    [InlineData("DELETE", "/imports", 403)]
    [InlineData("GET", "", 403)]
    public async Task A_call_that_the_API_lacks_gets_a_problem_document(string method, string path, int status)
    {
        await using var api = await StartAsync();
        AssertProblem(await api.SendAsync(new HttpMethod(method), path), status);
    }

    [Fact]
    public async Task A_failing_function_gives_a_problem_document()
    {
        await using var api = await StartAsync();
        api.Functions.Run = (_, _) => ValueTask.FromResult(StubFunctions.Failure("on purpose"));
        AssertProblem(await api.GetAsync("/jobs/7"), 502);
    }

    [Fact]
    public async Task A_browser_may_ask_first()
    {
        await using var api = await StartAsync();
        var answer = await api.SendAsync(HttpMethod.Options, "/imports");
        Assert.Equal((204, "*", "POST,OPTIONS"), (answer.Status, answer.Header("Access-Control-Allow-Origin"),
            answer.Header("Access-Control-Allow-Methods")));
    }

    [Fact]
    public async Task The_outputs_name_the_API_and_its_stage()
    {
        await using var api = await StartAsync();
        Assert.Equal($"https://{api.ApiId}.execute-api.us-east-1.amazonaws.com/Prod",
            Assert.Single(api.Stack.Outputs).Value);
        Assert.Matches("^[0-9a-z]{10}$", api.ApiId);
    }

    [Fact]
    public async Task Every_request_leaves_a_fact()
    {
        await using var api = await StartAsync();
        await api.PostAsync("/imports", "{", Token);
        var fact = Assert.Single(api.World.Journal.After(0).Select(entry => entry.Fact).OfType<ApiRequestAnswered>());
        Assert.Equal(("Prod", "POST", "/imports", 400, "BAD_REQUEST_BODY"),
            (fact.Stage, fact.Method, fact.ResourcePath, fact.Status, fact.GatewayResponse));
    }

    private static void AssertProblem(ApiAnswer answer, int status)
    {
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(answer.Header("x-amzn-RequestId"), (string?)answer.Json["instance"]);
    }

    private static async Task<ApiGatewayOnPortZero> StartAsync()
    {
        var api = await ApiGatewayOnPortZero.StartWithExampleAsync();
        var otherwise = api.Functions.Run;
        api.Functions.Run = (function, payload) =>
            function == "AuthorizeFunction" ? ValueTask.FromResult(Authorize(payload!)) : otherwise(function, payload);
        return api;
    }

    private static InvocationAnswer Authorize(JsonNode question) => (string)question["authorizationToken"]! switch
    {
        "Bearer good" => Policies.Answer("Allow", (string)question["methodArn"]!),
        "Bearer forged" => Policies.Answer("Deny", "*"),
        _ => StubFunctions.Failure("Unauthorized"),
    };
}
