using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>The event of a proxy integration. Facts: what AWS gave a function that echoes its event.</summary>
public sealed class ProxyEventTests
{
    private const string Paths = "/{proxy+}:\n  x-amazon-apigateway-any-method: " + ApiGatewayOnPortZero.Proxy
        + "\n/hardcoded:\n  get: " + ApiGatewayOnPortZero.Proxy;

    [Theory]
    [InlineData("/proxy-value", "/proxy-value", "proxy-value", "/test/proxy-value")]
    [InlineData("/proxy-value/", "/proxy-value/", "proxy-value", "/test/proxy-value/")]
    [InlineData("/proxy-value//double-slash", "/proxy-value//double-slash", "proxy-value//double-slash",
        "/test/proxy-value//double-slash")]
    [InlineData("//proxy-value", "/proxy-value", "proxy-value", "/test//proxy-value")]
    [InlineData("/a/test%2Balias@gmail.com/plus/test+alias@gmail.com",
        "/a/test%2Balias@gmail.com/plus/test+alias@gmail.com",
        "a/test%2Balias@gmail.com/plus/test+alias@gmail.com",
            "/test/a/test%2Balias@gmail.com/plus/test+alias@gmail.com")]
    [InlineData("//hardcoded", "/hardcoded", null, "/test//hardcoded")]
    public async Task A_path_arrives_as_it_was_sent(string sent, string path, string? proxy, string contextPath)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        var seen = (await api.GetAsync(sent)).Json;
        Assert.Equal((path, contextPath), ((string?)seen["path"], (string?)seen["requestContext"]!["path"]));
        Assert.Equal(proxy is null ? "/hardcoded" : "/{proxy+}", (string?)seen["resource"]);
        Assert.Equal(proxy, (string?)seen["pathParameters"]?["proxy"]);
    }

    [Theory]
    [InlineData("?urlparam=test", """{"urlparam":"test"}""", """{"urlparam":["test"]}""")]
    [InlineData("?category=electronics&category=books&price=10&price=20&price=30",
        """{"category":"books","price":"30"}""", """{"category":["electronics","books"],"price":["10","20","30"]}""")]
    [InlineData(
        "?email=test%2Balias@gmail.com&plus=test+alias@gmail.com&url=https://www.google.com/&whitespace=foo%20bar",
        """{"email":"test+alias@gmail.com","plus":"test alias@gmail.com","url":"https://www.google.com/","""
        + "\"whitespace\":\"foo bar\"}",
            null)]
    [InlineData("", null, null)]
    public async Task A_query_string_arrives_decoded_and_its_last_values_apart(string query, string? single,
        string? multi)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        var seen = (await api.GetAsync("/x" + query)).Json;
        AssertSame(single, seen["queryStringParameters"]);
        if (multi is not null || single is null) AssertSame(multi, seen["multiValueQueryStringParameters"]);
    }

    [Fact]
    public async Task The_event_has_the_recorded_members_and_headers()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        var seen = (await api.PostAsync("/x", "{}", ("tEsT-HEADeR", "aValUE"), ("X-Multi", "1, 2"))).Json.AsObject();
        Assert.Equal(
            ["body", "headers", "httpMethod", "isBase64Encoded", "multiValueHeaders", "multiValueQueryStringParameters",
                "path",
                "pathParameters", "queryStringParameters", "requestContext", "resource", "stageVariables"],
            seen.Select(member => member.Key).Order(StringComparer.Ordinal));
        var context = seen["requestContext"]!.AsObject();
        Assert.Equal(
            ["accountId", "apiId", "deploymentId", "domainName", "domainPrefix", "extendedRequestId", "httpMethod",
                "identity",
                "path", "protocol", "requestId", "requestTime", "requestTimeEpoch", "resourceId", "resourcePath",
                    "stage"],
            context.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["accessKey", "accountId", "caller", "cognitoAuthenticationProvider", "cognitoAuthenticationType",
                "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId", "sourceIp", "user", "userAgent",
                    "userArn"],
            context["identity"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("aValUE", (string?)seen["headers"]!["tEsT-HEADeR"]);
        AssertSame("""["1, 2"]""", seen["multiValueHeaders"]!["X-Multi"]);
        Assert.Null(seen["headers"]!["Content-Length"]);
        Assert.Equal("http", (string?)seen["headers"]!["X-Forwarded-Proto"]);
        Assert.StartsWith("Root=1-", (string?)seen["headers"]!["X-Amzn-Trace-Id"], StringComparison.Ordinal);
        Assert.Matches(@"^\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000$", (string?)context["requestTime"]);
    }

    [Fact]
    public async Task A_header_that_comes_twice_has_two_values_and_its_last_one_apart()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        // HttpClient would send one line.
        using var connection = new TcpClient(api.Address.Host, api.Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {api.Stage}/x HTTP/1.1\r\nHost: localhost\r\nX-Multi: 1\r\nx-multi: 2\r\nConnection: close\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();
        var seen = JsonNode.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..])!;
        Assert.Equal("2", (string?)seen["headers"]!["X-Multi"]);
        AssertSame("""["1","2"]""", seen["multiValueHeaders"]!["X-Multi"]);
    }

    [Fact]
    public async Task A_body_of_a_binary_media_type_arrives_in_base64_and_no_other()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths, stage: "BinaryMediaTypes: [image~1png]");
        foreach (var (mediaType, isBinary) in new[] { ("image/png", true), ("text/plain", false) })
        {
            var content = new ByteArrayContent([.. "abc"u8]);
            content.Headers.ContentType = new(mediaType);
            var seen = (await api.SendAsync(HttpMethod.Post, "/x", content)).Json;
            Assert.Equal((isBinary ? "YWJj" : "abc", isBinary), ((string?)seen["body"],
                (bool)seen["isBase64Encoded"]!));
        }
    }

    private static void AssertSame(string? expected, JsonNode? actual) => Assert.True(
        JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), actual), $"{actual?.ToJsonString()}");
}
