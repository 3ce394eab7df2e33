namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>What a proxy integration's function may answer. Facts: what AWS did with these very answers.</summary>
public sealed class ProxyResponseTests
{
    private const string Paths = "/{proxy+}:\n  x-amazon-apigateway-any-method: " + ApiGatewayOnPortZero.Proxy;

    [Theory]
    [InlineData("""{"statusCode":200}""", 200)]
    [InlineData("""{"headers":{"a":"b"}}""", 200)]
    [InlineData("""{"statusCode":200,"headers":null}""", 200)]
    [InlineData("""{"statusCode":"201"}""", 201)]
    [InlineData("""{"statusCode":204}""", 204)]
    [InlineData("""{"statusCode":200,"wrongValue":"x"}""", 502)]
    [InlineData("{}", 502)]
    [InlineData("\"text\"", 502)]
    [InlineData("null", 502)]
    [InlineData("", 502)]
    [InlineData("""{"statusCode":"test"}""", 502)]
    [InlineData("""{"statusCode":99}""", 502)]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"a":"b"}}""", 502)]
    [InlineData("""{"statusCode":200,"body":{"a":1}}""", 502)]
    [InlineData("""{"statusCode":200,"headers":{"a b":"c"}}""", 502)]
    [InlineData("""{"statusCode":200,"headers":{"a":"b\r\nc: d"}}""", 502)]
    public async Task An_answer_is_taken_or_refused_as_recorded(string payload, int status)
    {
        await using var api = await StartAsync(payload);
        var answer = await api.GetAsync("/x");
        Assert.Equal(status, answer.Status);
        if (status != 502)
        {
            Assert.Equal("", answer.Body);
            return;
        }

        Assert.Equal("""{"message":"Internal server error"}""", answer.Body);
        Assert.Equal("InternalServerErrorException", answer.Header("x-amzn-ErrorType"));
    }

    [Fact]
    public async Task Headers_of_both_maps_are_joined_with_the_multi_value_ones_first()
    {
        await using var api = await StartAsync("""
            {"statusCode":200,"headers":{"test-multi":"solo","header-bool":true},
             "multiValueHeaders":{"tesT-Multi":["multi"]}}
            """);
        var answer = await api.GetAsync("/x");
        Assert.Equal(("multi, solo", "true", "application/json"),
            (answer.Header("tesT-Multi"), answer.Header("header-bool"), answer.MediaType));
        Assert.NotNull(answer.Header("x-amzn-RequestId"));
        Assert.Matches("^[A-Za-z0-9_-]{15}=$", answer.Header("x-amz-apigw-id"));
        Assert.NotNull(answer.Header("X-Amzn-Trace-Id"));
    }

    [Fact]
    public async Task A_header_of_the_connection_gets_another_name()
    {
        await using var api = await StartAsync(
            """{"statusCode":200,"headers":{"Server":"me","Content-Length":"9000"},"body":"ab"}""");
        var answer = await api.GetAsync("/x");
        Assert.Equal(("me", "9000", "ab"), (answer.Header("x-amzn-Remapped-Server"),
            answer.Header("x-amzn-Remapped-Content-Length"), answer.Body));
    }

    [Theory]
    [InlineData("image/png", "test-data")]
    [InlineData("image/png;q=1, text/html", "test-data")]
    [InlineData("text/html, image/png", "dGVzdC1kYXRh")]
    [InlineData("", "dGVzdC1kYXRh")]
    public async Task Base64_is_decoded_only_for_clients_that_accept_a_binary_type_first(string accept, string body)
    {
        await using var api = await StartAsync("""{"statusCode":200,"body":"dGVzdC1kYXRh","isBase64Encoded":true}""");
        Assert.Equal(body, (await api.GetAsync("/x", ("Accept", accept))).Body);
    }

    [Fact]
    public async Task Base64_that_is_none_is_a_malformed_answer()
    {
        await using var api = await StartAsync("""{"statusCode":200,"body":"%%%","isBase64Encoded":true}""");
        Assert.Equal(502, (await api.GetAsync("/x", ("Accept", "image/png"))).Status);
    }

    private static async Task<ApiGatewayOnPortZero> StartAsync(string payload)
    {
        var api = await ApiGatewayOnPortZero.StartWithAsync(Paths, stage: "BinaryMediaTypes: [image~1png]");
        api.Functions.Run = (_, _) => ValueTask.FromResult(StubFunctions.Success(payload));
        return api;
    }
}
