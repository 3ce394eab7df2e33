using System.Net;
using Isobar.Local.Edge.Handlers;

namespace Isobar.Local.Tests.Edge;

/// <summary>Functions in Python, the edge's other runtime.</summary>
public sealed class PythonTests
{
    /// <summary>Does, at viewer-request, what the query string says.</summary>
    private const string Obedient = """
        import os, sys, time

        def handler(event, context):
            cf = event["Records"][0]["cf"]
            if "response" in cf:
                cf["response"]["headers"]["x-python"] = [{"key": "X-Python", "value": "yes"}]
                return cf["response"]
            request = cf["request"]
            query = request["querystring"]
            if query == "rewrite":
                request["uri"] = "/other"
            elif query == "context":
                remaining = context.get_remaining_time_in_millis()
                return {"status": "200", "body": f"{context.aws_request_id} {context.memory_limit_in_mb} "
                        f"{context.function_version} {4000 < remaining <= 5000}"}
            elif query == "raise":
                raise ValueError("of no use")
            elif query == "nothing":
                return None
            elif query == "set":
                return {"status": "200", "body": {1, 2}}
            elif query == "exit":
                os._exit(3)
            elif query == "hang":
                time.sleep(60)
            elif query == "memory":
                return {"status": "200", "body": str(len(bytearray(300 * 1024 * 1024)))}
            elif query == "print":
                print("a line")
                print("an error", file=sys.stderr)
            return request
        """;

    [Fact]
    [Claim("E2")]
    public async Task A_function_in_Python_changes_requests_and_responses()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/other"] = new("the other");

        var answer = await edge.SendAsync("/a?rewrite");

        Assert.Equal("the other", await answer.Content.ReadAsStringAsync());
        Assert.Equal("yes", answer.Headers.GetValues("X-Python").Single());
        Assert.StartsWith("3.", Assert.Single(edge.Facts<EdgeProcessStarted>()).Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_says_what_it_says_on_AWS()
    {
        await using var edge = await StartAsync();

        var answer = await edge.SendAsync("/a?context");

        var id = answer.Headers.GetValues("X-Amz-Cf-Id").Single();
        Assert.Equal($"{id} 128 1 True", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("raise", 503, "LambdaExecutionError", "ValueError: of no use")]
    [InlineData("set", 503, "LambdaExecutionError", "TypeError: ")]
    [InlineData("memory", 503, "LambdaExecutionError", "MemoryError")]
    [InlineData("exit", 503, "LambdaExecutionError", "process ended")]
    [InlineData("hang", 503, "LambdaExecutionError", "did not end within 1 s")]
    [InlineData("nothing", 502, "LambdaValidationError", "neither a request nor a response")]
    public async Task A_failure_is_the_status_that_CloudFront_gives_it_and_the_next_viewer_is_served(
        string failure, int status, string result, string why)
    {
        await using var edge = await StartAsync(text => text.Replace("Timeout: 5", "Timeout: 1"));
        edge.Objects["/pages/site/x"] = new("one");

        var failed = await edge.SendAsync($"/x?{failure}");
        var next = await edge.SendAsync("/x");

        Assert.Equal((status, $"{result} from cloudfront"), (
            (int)failed.StatusCode, failed.Headers.GetValues("X-Cache").Single()));
        Assert.Contains(why, await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("one", await next.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("raise RuntimeError('broken')", "broken")]
    [InlineData("def other(event, context): pass", "Handler 'handler' missing on module 'index'")]
    [InlineData("def handler(:", "invalid syntax")]
    public async Task A_module_that_cannot_be_loaded_is_said_to_be(string code, string why)
    {
        await using var edge = await StartAsync(code: code);

        var answer = await edge.SendAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_prints_goes_to_the_journal()
    {
        await using var edge = await StartAsync();

        await edge.SendAsync("/a?print");

        await edge.FactAsync<EdgeLineWritten>(line => line.Line == "a line");
        await edge.FactAsync<EdgeLineWritten>(line => line.Line == "an error");
    }

    private static async Task<DistributionOnPortZero> StartAsync(
        Func<string, string>? change = null, string code = Obedient)
    {
        if (Program.FindPython() is null) Assert.Skip("Python is not on this machine.");
        return await DistributionOnPortZero.StartAsync(
            code, text => (change ?? (same => same))(text).Replace("nodejs22.x", "python3.13"), "index.py");
    }
}
