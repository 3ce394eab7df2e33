using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>Header values that are not ASCII: text in UTF-8 for a function and from it.</summary>
public sealed class HeaderBytesTests
{
    private const string Paths = "/{proxy+}:\n  x-amazon-apigateway-any-method: " + ApiGatewayOnPortZero.Proxy;

    [Theory]
    [InlineData("utf-8", "Zürich")]
    [InlineData("utf-8", "日本 — Torrejón")]
    [InlineData("iso-8859-1", "Zürich")]
    [InlineData("iso-8859-1", "\u00ff\u0080")]
    [InlineData("utf-8", "plain")]
    public async Task A_function_sees_the_text_of_a_header(string encoding, string value)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);

        var answer = await AskAsync(api, Encoding.GetEncoding(encoding), $"X-City: {value}\r\nUser-Agent: {value}");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var seen = JsonNode.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])!;
        Assert.Equal(value, (string?)seen["headers"]!["X-City"]);
        Assert.Equal(value, (string?)seen["multiValueHeaders"]!["X-City"]![0]);
        Assert.Equal(value, (string?)seen["requestContext"]!["identity"]!["userAgent"]);
    }

    [Theory]
    [InlineData("\\u00e9", "é")]
    [InlineData("Torrej\\u00f3n", "Torrejón")]
    [InlineData("\\u65e5\\u672c", "日本")]
    [InlineData("\\ud83d\\ude00", "😀")]
    public async Task What_a_function_says_in_a_header_is_sent_in_UTF8(string json, string value)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        api.Functions.Run = (_, _) => ValueTask.FromResult(StubFunctions.Success(
            $$$"""{"statusCode":200,"headers":{"x-city":"{{{json}}}"}}"""));

        Assert.Contains($"\r\nx-city: {value}\r\n", await AskAsync(api, Encoding.UTF8, "Accept: */*"));
    }

    [Theory]
    [InlineData("\\u0001")]
    [InlineData("\\u007f")]
    [InlineData("a\\nb")]
    public async Task A_control_character_makes_the_answer_a_malformed_one(string json)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(Paths);
        api.Functions.Run = (_, _) => ValueTask.FromResult(StubFunctions.Success(
            $$$"""{"statusCode":200,"headers":{"x-city":"{{{json}}}"}}"""));

        Assert.Equal(502, (await api.GetAsync("/x")).Status);
    }

    private static async Task<string> AskAsync(ApiGatewayOnPortZero api, Encoding encoding, string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Address.Host, api.Address.Port);
        await client.GetStream().WriteAsync(encoding.GetBytes(
            $"GET {api.Stage}/x HTTP/1.1\r\nHost: {api.Address.Authority}\r\nConnection: close\r\n{headers}\r\n\r\n"));
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer);
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
