using System.Text;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApiGateway;

public sealed class FuzzTests
{
    private const int Requests = 2_000;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "NONSENSE"];

    private static readonly string[] Paths =
    [
        "", "/", "/imports", "/imports/", "//imports", "/jobs/7", "/jobs/%ff", "/jobs/7/redrive", "/jobs/%2e%2e/x",
        "/jobs//redrive", "/x",
        "/jobs/7?a=1&a=2&=3&b&%zz=%zz&c=%ff", "/imports?X-Nothing=1", "/jobs/a%00b", "/jobs/{id}", "/jobs/\u00e9",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "{}", "[]", "null", "7", "\"\\ud800\"", "{\"station\":\"USW00094728\"}",
        "{\"station\":\"USW00094728\",\"station\":1}",
        "{\"station\":{}}", "{\"\\ud800\":1}", "\u00ff\u0000", new string('[', 5_000), "{\"station\":1e999999}",
        "\ufeff{}",
    ];

    private static readonly string[] Tokens =
        ["Bearer good", "Bearer forged", "Bearer odd", "Bearer", "", "Bearer \u00e9", "Basic x"];

    private static readonly string[] Answers =
    [
        "", "null", "{}", "[]", "\"x\"", "{\"statusCode\":200}", "{\"statusCode\":1e99}",
        "{\"statusCode\":200,\"headers\":{\"\":\"\"}}",
        "{\"statusCode\":200,\"headers\":{\"Date\":\"x\",\"Connection\":\"close\",\"Transfer-Encoding\":\"chunked\"}}",
        "{\"statusCode\":200,\"body\":\"\\ud800\"}", "{\"statusCode\":304,\"body\":\"x\"}",
        "{\"statusCode\":200,\"headers\":{\"a\":\"\\u00e9\"}}",
        "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"\"},\"body\":7}",
        "{\"statusCode\":200,\"isBase64Encoded\":\"x\"}", "{\"a\":1,\"a\":2}",
        "{\"statusCode\":200,\"multiValueHeaders\":{\"Set-Cookie\":[\"a\",\"b\",null,{}]}}",
        "{\"statusCode\":200,\"headers\":{\"Trailer\":\"x\",\"Content-Encoding\":\"gzip\"}}",
    ];

    [Fact]
    public async Task Whatever_is_sent_and_answered_the_gateway_answers_and_nothing_breaks()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        await using var api = await ApiGatewayOnPortZero.StartWithExampleAsync();
        api.Functions.Run = (function, payload) =>
            ValueTask.FromResult(Answer(random, function, (string?)payload!["authorizationToken"]));
        var accepted = 0;
        for (var i = 0; i < Requests; i++)
        {
            var method = Pick(random, Methods);
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Pick(random, Bodies)));
            content.Headers.TryAddWithoutValidation(
                "Content-Type", Pick(random, ["application/json", "application/json", "text/csv", ";", "\u00e9"]));
            var answer = await api.SendAsync(
                new HttpMethod(method), Pick(random, Paths), content, ("Authorization", Encode(Pick(random, Tokens))),
                ("Accept", Pick(random, ["*/*", ",", "image/png", ""])));
            if (answer.Status < 400) accepted++;
            Assert.True(answer.Status is 400 or >= 200 and < 600, $"seed {seed}, request {i}: {answer.Status}");
            if (answer.Status >= 400 && answer.Header("x-amzn-RequestId") is null)
                Assert.True(answer.Status == 400, $"seed {seed}, request {i}: {answer.Status} is not the gateway's");
        }

        // Some 50 in the mean: enough that the good path is among what was tried.
        Assert.InRange(accepted, 10, Requests);
        Assert.DoesNotContain(api.World.Journal.After(0), entry => entry.Fact is RequestFaulted);
    }

    private static InvocationAnswer Answer(Random random, string function, string? token)
    {
        if (function == "AuthorizeFunction" && token == "Bearer good" && random.Next(4) > 0)
            return Policies.Answer("Allow", "*");
        var answer = StubFunctions.Success(Pick(random, Answers));
        return random.Next(5) == 0 ? answer with { FunctionError = "Unhandled" } : answer;
    }

    private static string Encode(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
