using System.Text;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Invocations that fail, and what the environment is like afterwards. The texts are AWS's.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("""{"do":"exit","code":0}""", "Runtime exited without providing a reason")]
    [InlineData("""{"do":"exit","code":3}""", "Runtime exited with error: exit status 3")]
    [InlineData("""{"do":"kill"}""", "Runtime exited with error: signal: killed")]
    public async Task A_runtime_that_exits_fails_the_invocation(string payload, string message)
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var outcome = await probes.InvokeAsync(PoolOfProbes.Function(), payload, tail: true);
        Assert.Equal("Unhandled", outcome.FunctionError);
        var error = Json(outcome);
        Assert.Equal("Runtime.ExitError", error.GetProperty("errorType").GetString());
        Assert.Matches(
            $"^RequestId: [0-9a-f-]{{36}} Error: {message}$", error.GetProperty("errorMessage").GetString());
        Assert.Contains(
            "\tStatus: error\tError Type: Runtime.ExitError", Encoding.UTF8.GetString(outcome.LogTail.Span));
    }

    [Fact]
    public async Task A_runtime_that_takes_more_memory_than_it_has_is_killed()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(memoryMb: 128);
        Assert.Equal("64", await probes.TextAsync(function, """{"do":"allocate","mb":64,"ms":300}"""));
        var outcome = await probes.InvokeAsync(function, """{"do":"allocate","mb":100,"ms":5000}""", tail: true);
        Assert.EndsWith(
            "Runtime exited with error: signal: killed", Json(outcome).GetProperty("errorMessage").GetString());
        Assert.Contains("\tMax Memory Used: 128 MB\t", Encoding.UTF8.GetString(outcome.LogTail.Span));
    }

    [Fact]
    public async Task An_error_that_the_runtime_posts_reaches_the_caller_and_the_process_lives_on()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        await probes.InvokeAsync(function, """{"do":"count"}""");
        var outcome = await probes.InvokeAsync(function, """{"do":"throw","message":"no"}""");
        Assert.Equal("Unhandled", outcome.FunctionError);
        Assert.Equal(
            """{"errorType":"ThrownOnPurpose","errorMessage":"no","stackTrace":[]}""",
            Encoding.UTF8.GetString(outcome.Payload.Span));
        Assert.Equal("2", await probes.TextAsync(function, """{"do":"count"}"""));
    }

    [Fact]
    public async Task A_timeout_kills_the_process_and_the_environment_starts_again_with_its_tmp()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(timeoutSeconds: 3);
        await probes.InvokeAsync(function, """{"do":"write","text":"kept"}""");
        await probes.InvokeAsync(function, """{"do":"count"}""");
        var process = await probes.TextAsync(function, """{"do":"process"}""");
        var outcome = await probes.InvokeAsync(function, """{"do":"sleep","ms":60000}""", tail: true);
        var error = Json(outcome);
        Assert.Equal("Sandbox.Timedout", error.GetProperty("errorType").GetString());
        Assert.EndsWith(
            " Error: Task timed out after 3.00 seconds", error.GetProperty("errorMessage").GetString());
        Assert.InRange(outcome.Duration, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10));
        Assert.EndsWith("\tStatus: timeout\n", Encoding.UTF8.GetString(outcome.LogTail.Span));

        var next = await probes.InvokeAsync(function, """{"do":"read"}""");
        Assert.Equal("\"kept\"", Encoding.UTF8.GetString(next.Payload.Span));
        Assert.Null(next.InitDuration);
        Assert.Equal(outcome.EnvironmentId, next.EnvironmentId);
        Assert.Equal("1", await probes.TextAsync(function, """{"do":"count"}"""));
        Assert.False(Directory.Exists("/proc/" + process));
    }

    [Fact]
    public async Task A_response_over_the_limit_fails_the_invocation_and_the_runtime_lives_on()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        await probes.InvokeAsync(function, """{"do":"count"}""");
        var largest = await probes.InvokeAsync(function, """{"do":"bytes","count":6291556}""");
        Assert.Null(largest.FunctionError);
        Assert.Equal(6_291_556, largest.Payload.Length);

        var outcome = await probes.InvokeAsync(function, """{"do":"bytes","count":6291557}""");
        Assert.Equal("Unhandled", outcome.FunctionError);
        Assert.Equal(
            """{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","""
            + "\"errorType\":\"Function.ResponseSizeTooLarge\"}",
            Encoding.UTF8.GetString(outcome.Payload.Span));
        Assert.Equal("2", await probes.TextAsync(function, """{"do":"count"}"""));
    }

    [Fact]
    public async Task An_init_that_fails_is_done_again_inside_the_first_invocation()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var outcome = await probes.InvokeAsync(
            PoolOfProbes.Function(variables: ("PROBE_INIT", "fail-once")), """{"do":"count"}""", tail: true);
        Assert.Null(outcome.FunctionError);
        Assert.Null(outcome.InitDuration);
        Assert.DoesNotContain("Init Duration", Encoding.UTF8.GetString(outcome.LogTail.Span));
        var log = probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Select(line => line.Line);
        Assert.Contains("init fails", log);
        Assert.Contains(log, line => line.StartsWith("INIT_REPORT Init Duration: ")
            && line.EndsWith("\tPhase: init\tStatus: error\tError Type: Runtime.Unknown"));
    }

    [Fact]
    public async Task An_init_that_fails_twice_gives_the_caller_the_error_that_was_posted()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(variables: ("PROBE_INIT", "fail"));
        var outcome = await probes.InvokeAsync(function, "{}");
        Assert.Equal("Unhandled", outcome.FunctionError);
        Assert.Equal("init failed", Json(outcome).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task A_process_that_exits_while_it_starts_fails_the_invocation()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var outcome = await probes.InvokeAsync(PoolOfProbes.Function(variables: ("PROBE_INIT", "exit:7")), "{}");
        Assert.EndsWith(
            "Runtime exited with error: exit status 7", Json(outcome).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task A_slow_init_is_stopped_at_its_bound_and_done_again_on_the_invocations_time()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), Limits.StandardInit);
        await using var probes = await PoolOfProbes.StartAsync(
            options => options with { InitBound = TimeSpan.FromSeconds(1) });
        var function = PoolOfProbes.Function(variables: ("PROBE_INIT", "sleep:60000-once"));
        var outcome = await probes.InvokeAsync(function, """{"do":"count"}""");
        Assert.Equal("1", Encoding.UTF8.GetString(outcome.Payload.Span));
        var report = probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Single(line => line.Line.StartsWith("INIT_REPORT"));
        Assert.Matches(@"^INIT_REPORT Init Duration: 1\d{3}\.\d\d ms\tPhase: init\tStatus: timeout$", report.Line);
    }

    [Fact]
    public async Task A_handler_without_an_executable_ends_as_AWSs_bootstrap_would()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var outcome = await probes.InvokeAsync(PoolOfProbes.Function() with { Handler = "Missing" }, "{}");
        Assert.EndsWith(
            "Runtime exited with error: exit status 104", Json(outcome).GetProperty("errorMessage").GetString());
    }

    private static JsonElement Json(InvocationOutcome outcome) => JsonDocument.Parse(outcome.Payload).RootElement;
}
