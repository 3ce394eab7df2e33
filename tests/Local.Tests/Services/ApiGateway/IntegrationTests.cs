using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>Integrations with mapping templates.</summary>
public sealed class IntegrationTests
{
    /// <summary>Variables and methods of the console's template "method request passthrough", in its order.</summary>
    private const string Passthrough = """
        ## Everything about the request
        #set($all = $input.params())
        {
        "body" : $input.json("$"),
        "parameters" : {
        #foreach($kind in $all.keySet())
            #set($some = $all.get($kind))
        "$kind" : {
            #foreach($name in $some.keySet())
            "$name" : "$util.escapeJavaScript($some.get($name))"
                #if($foreach.hasNext),#end
            #end
        }
            #if($foreach.hasNext),#end
        #end
        },
        "variables" : {
        #foreach($key in $stageVariables.keySet())
        "$key" : "$util.escapeJavaScript($stageVariables.get($key))"
            #if($foreach.hasNext),#end
        #end
        },
        "context" : {
            "account" : "$context.identity.accountId",
            "api" : "$context.apiId",
            "key" : "$context.identity.apiKey",
            "principal" : "$context.authorizer.principalId",
            "caller" : "$context.identity.caller",
            "provider" : "$context.identity.cognitoAuthenticationProvider",
            "type" : "$context.identity.cognitoAuthenticationType",
            "identity" : "$context.identity.cognitoIdentityId",
            "pool" : "$context.identity.cognitoIdentityPoolId",
            "method" : "$context.httpMethod",
            "stage" : "$context.stage",
            "ip" : "$context.identity.sourceIp",
            "user" : "$context.identity.user",
            "agent" : "$context.identity.userAgent",
            "arn" : "$context.identity.userArn",
            "request" : "$context.requestId",
            "resource" : "$context.resourceId",
            "path" : "$context.resourcePath"
            }
        }
        """;

    [Fact]
    public async Task Without_templates_the_body_goes_in_and_the_answer_comes_out()
    {
        await using var api = await StartAsync("responses: {default: {statusCode: 200}}");
        api.Functions.Run = (_, _) => ValueTask.FromResult(StubFunctions.Success("""{"message":"hello world"}"""));
        Assert.Equal("""{"message":"hello world"}""", (await api.PostAsync("/x", """{"a":1}""")).Body);
        Assert.Equal("""{"a":1}""", api.Functions.Invocations.Single().Payload!.ToJsonString());
    }

    [Fact]
    public async Task An_empty_body_goes_in_as_an_empty_object()
    {
        await using var api = await StartAsync("responses: {default: {statusCode: 200}}");
        await api.PostAsync("/x", "");
        Assert.Equal("{}", api.Functions.Invocations.Single().Payload!.ToJsonString());
    }

    [Theory]
    [InlineData("fine", false, 202, "fine")]
    [InlineData("Error: four hundred", true, 400, "customerror")]
    [InlineData("prefix Error: four hundred", true, 202, null)]
    [InlineData("five hundred", true, 500, null)]
    public async Task An_error_message_chooses_the_response_that_it_matches_whole(
        string message, bool fails, int status, string? body)
    {
        await using var api = await StartAsync("""
            responses:
              default: {statusCode: 202}
              'Error: four.*': {statusCode: 400, responseTemplates: {application/json: customerror}}
              '.*five hundred.*': {statusCode: 500}
            """);
        api.Functions.Run = (_, _) => ValueTask.FromResult(
            fails ? StubFunctions.Failure(message) : StubFunctions.Success(message));
        var answer = await api.PostAsync("/x", "{}");
        Assert.Equal(status, answer.Status);
        if (body is not null) Assert.Equal(body, answer.Body);
        else Assert.Equal(message, (string?)answer.Json["errorMessage"]);
    }

    [Fact]
    public async Task Without_a_response_that_fits_the_client_gets_500()
    {
        await using var api = await StartAsync("responses: {'.*x.*': {statusCode: 400}}");
        Assert.Equal((500, "Internal server error"), (await api.PostAsync("/x", "{}")).Refusal);
    }

    [Theory]
    [InlineData("when_no_match", "text/csv", 200)]
    [InlineData("when_no_templates", "text/csv", 415)]
    [InlineData("never", "text/csv", 415)]
    [InlineData("never", "application/json; charset=utf-8", 200)]
    public async Task A_body_without_a_template_passes_as_the_integration_says(string behaviour, string mediaType,
        int status)
    {
        await using var api = await StartAsync($$$"""
            passthroughBehavior: {{{behaviour}}}
            requestTemplates: {application/json: '{}'}
            responses: {default: {statusCode: 200}}
            """);
        var content = new StringContent("1", Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        var answer = await api.SendAsync(HttpMethod.Post, "/x", content);
        Assert.Equal(status, answer.Status);
        if (status == 415) Assert.Equal((415, "Unsupported Media Type"), answer.Refusal);
    }

    [Fact]
    public async Task Responses_map_headers_from_the_answer_the_context_and_constants()
    {
        await using var api = await StartAsync("""
            responses:
              default:
                statusCode: 200
                responseParameters:
                  method.response.header.X-Constant: "'a b'"
                  method.response.header.X-Version: integration.response.header.x-amz-executed-version
                  method.response.header.X-Id: context.requestId
                  method.response.header.X-Mode: stageVariables.mode
                  method.response.header.X-None: integration.response.header.none
                  method.response.header.Content-Type: "'text/plain'"
            """, stage: "Variables: {mode: fast}");
        var answer = await api.PostAsync("/x", "{}");
        Assert.Equal(("a b", "$LATEST", "fast", null, "text/plain"),
            (answer.Header("X-Constant"), answer.Header("X-Version"), answer.Header("X-Mode"), answer.Header("X-None"),
                answer.MediaType));
        Assert.Equal(answer.Header("x-amzn-RequestId"), answer.Header("X-Id"));
    }

    [Theory]
    [InlineData("Event", 200, 0, 1)]
    [InlineData("RequestResponse", 200, 1, 0)]
    [InlineData("", 200, 1, 0)]
    [InlineData("DryRun", 500, 0, 0)]
    public async Task The_caller_may_choose_the_invocation_type(string type, int status, int invocations, int events)
    {
        await using var api = await StartAsync("""
            requestParameters: {integration.request.header.X-Amz-Invocation-Type: method.request.header.InvocationType}
            responses: {default: {statusCode: 200}}
            """);
        Assert.Equal(status, (await api.PostAsync("/x", "{}", ("InvocationType", type))).Status);
        Assert.Equal((invocations, events), (api.Functions.Invocations.Count, api.Functions.Events.Count));
    }

    [Fact]
    public async Task The_template_for_what_the_client_accepts_is_used()
    {
        await using var api = await StartAsync("""
            responses: {default: {statusCode: 200, responseTemplates: {application/json: '1', text/plain: '2'}}}
            """);
        Assert.Equal("2", (await api.PostAsync("/x", "{}", ("Accept", "text/plain"))).Body);
        var other = await api.PostAsync("/x", "{}", ("Accept", "image/png"));
        Assert.Equal(("1", "application/json"), (other.Body, other.MediaType));
    }

    [Fact]
    public async Task A_mock_answers_by_the_status_that_its_template_names()
    {
        const string Mock = """
            /mock:
              get:
                responses: {'200': {description: ok}, '404': {description: none}}
                x-amazon-apigateway-integration:
                  type: mock
                  requestTemplates:
                    application/json: '{"statusCode": #if($input.params("none") == "1")404#{else}200#end}'
                  responses:
                    default: {statusCode: 200, responseTemplates: {application/json: '{"echo":"$input.params("m")"}'}}
                    '404': {statusCode: 404}
            """;
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Mock);
        Assert.Equal("""{"echo":"foobar"}""", (await api.GetAsync("/mock?m=foobar")).Body);
        Assert.Equal(404, (await api.GetAsync("/mock?none=1")).Status);
    }

    [Theory]
    [InlineData("TooManyRequestsException", 429, 500, "Internal server error")]
    [InlineData("ResourceNotFoundException", 404, 500, "Internal server error")]
    [InlineData("ServiceException", 500, 500, "Internal server error")]
    [InlineData("RequestTooLargeException", 413, 413, "Request Too Long")]
    [Claim("C4")]
    public async Task What_Lambda_refuses_becomes_the_gateways_answer(string code, int refusal, int status,
        string message)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync("/x:\n  post: " + ApiGatewayOnPortZero.Proxy);
        api.Functions.Run = (_, _) => throw new Isobar.Local.Wire.AwsException(code, "no", refusal);
        Assert.Equal((status, message), (await api.PostAsync("/x", "{}")).Refusal);
    }

    [Theory]
    [InlineData("{\"a\": $input.params('name')}", "")]
    [InlineData("{\"a\": \"$input.params('name')\"", "")]
    [InlineData("plain text", "")]
    [InlineData("[$input.json('$'),]", "RequestResponse")]
    [InlineData("{\"a\": $input.params('name')}", "Event")]
    public async Task A_mapped_payload_that_is_not_JSON_is_a_400_that_says_so(string template, string type)
    {
        await using var api = await StartAsync($$$"""
            requestParameters: {integration.request.header.X-Amz-Invocation-Type: method.request.header.InvocationType}
            requestTemplates: {application/json: '{{{template.Replace("'", "''", StringComparison.Ordinal)}}}'}
            responses: {default: {statusCode: 200}}
            """);
        var answer = await api.PostAsync("/x?name=x", "{}", ("InvocationType", type));
        Assert.Equal((400, StubFunctions.NotJson), answer.Refusal);
        Assert.Equal("BadRequestException", answer.Header("x-amzn-ErrorType"));
        Assert.Empty(api.Functions.Invocations);
        Assert.Empty(api.Functions.Events);
    }

    [Fact]
    public async Task A_template_like_that_of_AWS_passes_all_of_the_request_on()
    {
        await using var api = await StartAsync(
            "requestTemplates:\n  application/json: |\n    "
            + Passthrough.Replace("\n", "\n    ", StringComparison.Ordinal)
            + "\nresponses: {default: {statusCode: 200}}",
            stage: "Variables: {mode: fast, region: eu}");
        var answer = await api.PostAsync("/x?a=1&b=%22b%22", """{"n":1}""", ("User-Agent", "tests"));
        Assert.True(answer.Status == 200, answer.Body);
        var seen = api.Functions.Invocations.Single().Payload!;
        Assert.Equal("""{"n":1}""", seen["body"]!.ToJsonString());
        Assert.Equal("""{"a":"1","b":"\u0022b\u0022"}""", seen["parameters"]!["querystring"]!.ToJsonString());
        Assert.Equal("{}", seen["parameters"]!["path"]!.ToJsonString());
        Assert.Equal("tests", (string?)seen["parameters"]!["header"]!["User-Agent"]);
        Assert.Equal("""{"mode":"fast","region":"eu"}""", seen["variables"]!.ToJsonString());
        var context = seen["context"]!;
        Assert.Equal((api.ApiId, "POST", "test", "127.0.0.1", "tests", "/x", ""), (
            (string?)context["api"], (string?)context["method"], (string?)context["stage"], (string?)context["ip"],
            (string?)context["agent"], (string?)context["path"], (string?)context["key"]));
        // escapeJavaScript escapes an apostrophe, which JSON does not know: the guide warns of it.
        Assert.Equal((400, StubFunctions.NotJson), (await api.PostAsync("/x?a=it's", "{}")).Refusal);
    }

    [Fact]
    public async Task The_journal_says_why_a_template_failed()
    {
        await using var api = await StartAsync("""
            requestTemplates: {application/json: '$util.parseJson($input.params("x"))'}
            responses: {default: {statusCode: 200}}
            """);
        var answer = await api.PostAsync("/x?x=%7B", "{}");
        Assert.Equal((500, "Internal server error"), answer.Refusal);
        var failed = Assert.Single(
            api.World.Journal.After(0).Select(entry => entry.Fact).OfType<MappingTemplateFailed>());
        Assert.Equal((answer.Header("x-amzn-RequestId"), "/x", "parseJson was given something else."),
            (failed.RequestId, failed.ResourcePath, failed.Reason));
    }

    [Fact]
    public async Task A_template_that_fails_gives_500()
    {
        await using var api = await StartAsync("""
            requestTemplates: {application/json: '$util.base64Decode("%")'}
            responses: {default: {statusCode: 200}}
            """);
        Assert.Equal((500, "Internal server error"), (await api.PostAsync("/x", "{}")).Refusal);
    }

    /// <summary>An API whose POST /x is mapped to Fn; with this integration, from the left margin.</summary>
    private static Task<ApiGatewayOnPortZero> StartAsync(string integration, string stage = "") =>
        ApiGatewayOnPortZero.StartWithAsync("""
            /x:
              post:
                responses:
                  '200':
                    description: ok
                    headers: {X-Constant: {}, X-Version: {}, X-Id: {}, X-Mode: {}, X-None: {}, Content-Type: {}}
                  '202': {description: ok}
                  '400': {description: bad}
                  '500': {description: worse}
                x-amazon-apigateway-integration:
                  type: aws
                  httpMethod: POST
                  uri: INVOKE
                  INTEGRATION
            """.Replace("INTEGRATION", integration.Replace("\n", "\n      ")), stage: stage);
}
