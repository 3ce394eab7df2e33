using System.Text.Json;
using Isobar.Local.Tests.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Apis;

/// <summary>The Runtime API's answers, byte for byte, as a runtime sees them in the middle of an invocation.</summary>
public sealed class RuntimeApiTests
{
    [Theory]
    [InlineData("POST", "/2018-06-01/runtime/invocation/other/response", "1",
        400, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""")]
    [InlineData("POST", "/2018-06-01/runtime/invocation/other/error", "{}",
        400, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""")]
    [InlineData("POST", "/2018-06-01/runtime/init/error", "{}",
        403, """{"errorMessage":"State transition from Running to InitError failed for runtime. """
            + """Error: State transition is not allowed","errorType":"InvalidStateTransition"}""")]
    public async Task A_call_out_of_turn_is_refused_with_AWSs_body(
        string method, string path, string body, int status, string expected)
    {
        await using var probes = await PoolOfProbes.StartAsync();
        Assert.Equal($"{status} {expected}\n", await CallAsync(probes, method, path, body));
    }

    [Theory]
    [InlineData("GET", "/2018-06-01/ping", "200 pong")]
    [InlineData("GET", "/2018-06-01/runtime/restore/next", "404 404 page not found\n")]
    [InlineData("DELETE", "/2018-06-01/runtime/invocation/next", "404 404 page not found\n")]
    [InlineData("GET", "/", "404 404 page not found\n")]
    public async Task Other_paths_are_answered_as_AWS_answers_them(string method, string path, string expected)
    {
        await using var probes = await PoolOfProbes.StartAsync();
        Assert.Equal(expected, await CallAsync(probes, method, path, null));
    }

    [Fact]
    public async Task A_second_response_is_an_invalid_request_id()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        var first = await probes.InvokeAsync(
            function, Call("POST", "/2018-06-01/runtime/invocation/{id}/error", "{}"));
        Assert.Equal("Unhandled", first.FunctionError);
        await probes.Journal.WaitForAsync<Isobar.Local.Lambda.Environments.EnvironmentStepped>(
            step => step is { Fact: "RuntimeResponse", To: "Invoke", Effects: "Reject" }, PoolOfProbes.Bound);
        Assert.Equal("1", await probes.TextAsync(function, """{"do":"count"}"""));
    }

    [Fact]
    public async Task Asking_for_next_while_an_event_is_out_gives_the_same_event_again()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var call = Call("GET", "/2018-06-01/runtime/invocation/next", null);
        Assert.Equal("200 " + call, await ReplyAsync(probes, call));
    }

    [Fact]
    public async Task A_response_mode_other_than_streaming_is_refused_and_fails_the_invocation()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var outcome = await probes.InvokeAsync(PoolOfProbes.Function(), JsonSerializer.Serialize(new
        {
            @do = "call", method = "POST", path = "/2018-06-01/runtime/invocation/{id}/response", body = "1",
            header = "Lambda-Runtime-Function-Response-Mode: buffered",
        }));
        Assert.Equal("Runtime.InvalidResponseModeHeader", outcome.ErrorType);
    }

    [Theory]
    [InlineData("Runtime.ExitError", "Runtime.ExitError")]
    [InlineData("Function.Broken", "Function.Broken")]
    [InlineData("Function.broken!", "Function.Unknown")]
    [InlineData("InvalidOperationException", "Runtime.Unknown")]
    [InlineData("", "Runtime.Unknown")]
    public void An_error_type_is_mapped_to_the_platforms_names(string given, string expected) =>
        Assert.Equal(expected, Isobar.Local.Lambda.Apis.ErrorPayload.Normalize(given));

    private static Task<string> CallAsync(PoolOfProbes probes, string method, string path, string? body) =>
        ReplyAsync(probes, Call(method, path, body));

    private static async Task<string> ReplyAsync(PoolOfProbes probes, string call) =>
        JsonSerializer.Deserialize<string>(await probes.TextAsync(PoolOfProbes.Function(), call))!;

    private static string Call(string method, string path, string? body) => body is null
        ? JsonSerializer.Serialize(new { @do = "call", method, path })
        : JsonSerializer.Serialize(new { @do = "call", method, path, body });
}
