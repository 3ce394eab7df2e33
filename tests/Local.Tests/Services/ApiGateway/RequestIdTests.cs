namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>The two ids of a request: one that a caller can choose, and one that only the gateway gives.</summary>
public sealed class RequestIdTests
{
    private const string Extended = "^[A-Za-z0-9_-]{15}=$";

    private const string Paths = "/x:\n  get: " + ApiGatewayOnPortZero.Proxy;

    [Fact]
    public async Task Every_request_has_an_extended_id_of_its_own()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);

        List<string> extended = [];
        for (var i = 0; i < 20; i++)
        {
            var answer = await api.GetAsync("/x");
            var context = answer.Json["requestContext"]!;
            Assert.Equal((answer.Header("x-amz-apigw-id"), answer.Header("x-amzn-RequestId")),
                ((string?)context["extendedRequestId"], (string?)context["requestId"]));
            extended.Add(answer.Header("x-amz-apigw-id")!);
        }

        Assert.All(extended, id => Assert.Matches(Extended, id));
        Assert.Equal(20, extended.Distinct().Count());
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("11111111-2222-4333-8444-555555555555")]
    [InlineData("a.b_c-d")]
    public async Task A_caller_chooses_the_request_id_and_not_the_extended_one(string sent)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);

        var answers = new[] { await SendAsync(), await SendAsync() };

        foreach (var answer in answers)
        {
            var context = answer.Json["requestContext"]!;
            Assert.Equal((sent, sent), (answer.Header("x-amzn-RequestId"), (string?)context["requestId"]));
            Assert.Matches(Extended, (string?)context["extendedRequestId"]);
            Assert.StartsWith("Root=1-", (string?)answer.Json["headers"]!["X-Amzn-Trace-Id"], StringComparison.Ordinal);
        }

        Assert.NotEqual(answers[0].Header("x-amz-apigw-id"), answers[1].Header("x-amz-apigw-id"));

        Task<ApiAnswer> SendAsync() => api.GetAsync("/x", ("x-amzn-RequestId", sent), ("x-amz-apigw-id", "chosen"));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData(
        "a-hundred-and-twenty-nine-characters-"
        + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_request_id_that_is_no_plain_token_is_passed_over(string sent)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);

        var answer = await api.GetAsync("/x", ("x-amzn-RequestId", sent));

        Assert.True(Guid.TryParse(answer.Header("x-amzn-RequestId"), out _), answer.Header("x-amzn-RequestId"));
    }

    [Theory]
    [InlineData("/missing", 403)]
    [InlineData("/x/y", 403)]
    public async Task The_gateways_own_answers_have_both_ids_too(string path, int status)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);

        var answer = await api.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Matches(Extended, answer.Header("x-amz-apigw-id"));
        Assert.True(Guid.TryParse(answer.Header("x-amzn-RequestId"), out _));
    }

    [Fact]
    public async Task A_mapping_template_has_the_extended_id()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync("""
            /mock:
              get:
                responses: {'200': {description: ok}}
                x-amazon-apigateway-integration:
                  type: mock
                  requestTemplates: {application/json: '{"statusCode": 200}'}
                  responses:
                    default:
                      statusCode: 200
                      responseTemplates: {application/json: '["$context.extendedRequestId"]'}
            """);

        var answer = await api.GetAsync("/mock", ("x-amzn-RequestId", "mine"));

        Assert.Equal(answer.Header("x-amz-apigw-id"), (string?)answer.Json[0]);
        Assert.NotEqual("mine", (string?)answer.Json[0]);
    }
}
