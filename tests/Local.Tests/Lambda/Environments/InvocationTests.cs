using System.Text;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Invocations that end well, in real processes.</summary>
public sealed class InvocationTests
{
    [Fact]
    public async Task A_function_that_works_for_seconds_keeps_its_connection()
    {
        await using var probes = await PoolOfProbes.StartAsync();

        // Longer than two heartbeats of the server, at which it looks for idle connections.
        Assert.Equal("null", await probes.TextAsync(PoolOfProbes.Function(), """{"do":"sleep","ms":2500}"""));
    }

    [Fact]
    public async Task The_first_invocation_starts_an_environment_and_the_next_one_uses_it_again()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        var first = await probes.InvokeAsync(function, """{"hello":"world"}""");
        Assert.Equal("""{"hello":"world"}""", Encoding.UTF8.GetString(first.Payload.Span));
        Assert.Null(first.FunctionError);
        Assert.Equal("$LATEST", first.ExecutedVersion);
        Assert.NotNull(first.InitDuration);

        var second = await probes.InvokeAsync(function, """{"do":"count"}""");
        Assert.Null(second.InitDuration);
        Assert.Equal(first.EnvironmentId, second.EnvironmentId);
        Assert.Equal("2", await probes.TextAsync(function, """{"do":"count"}"""));
    }

    [Fact]
    public async Task An_environment_is_ready_before_it_gets_its_first_invocation()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        await probes.InvokeAsync(PoolOfProbes.Function(), "{}");
        var left = probes.Journal.After(0).Select(entry => entry.Fact).OfType<EnvironmentStepped>()
            .First(step => step is { From: "Init", To: not "Init" });
        Assert.Equal(("RuntimeNext", "Ready"), (left.Fact, left.To));
    }

    [Fact]
    public async Task An_environment_that_starts_while_another_becomes_free_stays_ready_without_an_invocation()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(variables: ("PROBE_INIT", "sleep:2500"));
        var first = await probes.InvokeAsync(function, "{}");
        var before = probes.Journal.LastSequence;
        var busy = probes.InvokeAsync(function, """{"do":"sleep","ms":1000}""");
        await probes.Journal.WaitForAsync<EnvironmentStepped>(
            step => step is { Fact: "InvokeRequested" }, PoolOfProbes.Bound, before);
        var second = await probes.InvokeAsync(function, "{}");
        Assert.Equal(first.EnvironmentId, second.EnvironmentId);
        Assert.Equal(first.EnvironmentId, (await busy).EnvironmentId);

        var idle = await probes.Journal.WaitForAsync<EnvironmentStepped>(
            step => step is { From: "Init", To: "Ready" }, PoolOfProbes.Bound, before);
        var third = await probes.InvokeAsync(function, "{}");
        Assert.Equal(idle.EnvironmentId, third.EnvironmentId);
        Assert.True(third.InitDuration >= TimeSpan.FromMilliseconds(2_500));
    }

    [Fact]
    [Claim("C2")]
    public async Task Invocations_at_the_same_time_run_in_environments_of_their_own()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => probes.InvokeAsync(function, """{"do":"sleep","ms":400}""")));
        Assert.Equal(3, outcomes.Select(outcome => outcome.EnvironmentId).Distinct().Count());
        Assert.All(outcomes, outcome => Assert.True(outcome.Duration >= TimeSpan.FromMilliseconds(400)));
    }

    [Fact]
    public async Task When_every_environment_is_busy_an_invocation_waits_and_the_journal_says_so()
    {
        await using var probes = await PoolOfProbes.StartAsync(
            options => options with { Pool = options.Pool with { MaxEnvironments = 1 } });
        var function = PoolOfProbes.Function();
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => probes.InvokeAsync(function, """{"do":"sleep","ms":50}""")));
        Assert.Single(outcomes.Select(outcome => outcome.EnvironmentId).Distinct());
        Assert.Contains(probes.Journal.After(0), entry => entry.Fact is HostSaturated);
        Assert.Equal(0, probes.Pool.InFlight);
    }

    [Fact]
    public async Task The_runtime_gets_the_headers_of_the_Runtime_API()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        var before = TimeProvider.System.GetUtcNow();
        var headers = JsonDocument.Parse(await probes.TextAsync(function, """{"do":"headers"}""")).RootElement;
        Assert.True(Guid.TryParse(headers.GetProperty("lambda-runtime-aws-request-id").GetString(), out _));
        Assert.Equal(function.Arn, headers.GetProperty("lambda-runtime-invoked-function-arn").GetString());
        Assert.StartsWith("Root=1-", headers.GetProperty("lambda-runtime-trace-id").GetString());
        Assert.Equal("application/json", headers.GetProperty("content-type").GetString());
        Assert.False(headers.TryGetProperty("lambda-runtime-client-context", out _));
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(headers.GetProperty("lambda-runtime-deadline-ms").GetString()!));
        Assert.InRange(deadline - before, function.Timeout - TimeSpan.FromMilliseconds(1), function.Timeout * 2);
    }

    [Fact]
    public async Task The_environment_block_is_built_from_nothing()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(
            "blocked", 10, 256,
            ("TABLE", "jobs"), ("LANG", "de_DE.UTF-8"), ("AWS_REGION", "eu-west-1"), ("_HIDDEN", "1"));
        var block = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await probes.TextAsync(function, """{"do":"environment"}"""))!;
        Assert.Equal("jobs", block["TABLE"]);
        Assert.Equal("de_DE.UTF-8", block["LANG"]);
        Assert.Equal("us-east-1", block["AWS_REGION"]);
        Assert.Equal("256", block["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        Assert.Equal("10000000", block["DOTNET_GCHeapHardLimit"]);
        Assert.Equal("AWS_Lambda_dotnet10", block["AWS_EXECUTION_ENV"]);
        Assert.Equal("http://127.0.0.1:4580", block["AWS_ENDPOINT_URL"]);
        Assert.Matches(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$", block["AWS_LAMBDA_LOG_STREAM_NAME"]);
        Assert.StartsWith("127.0.0.1:", block["AWS_LAMBDA_RUNTIME_API"]);
        Assert.DoesNotContain("_HIDDEN", block.Keys);
        Assert.DoesNotContain("HOME", block.Keys);
        Assert.DoesNotContain("USER", block.Keys);
    }

    [Fact]
    public async Task An_idle_environment_retires_when_the_service_clock_jumps()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        var process = int.Parse(await probes.TextAsync(function, """{"do":"process"}"""));
        Assert.True(await probes.Activity.WaitForQuietAsync(PoolOfProbes.Bound, CancellationToken.None));
        probes.Clock.JumpBy(TimeSpan.FromMinutes(11));
        await probes.Journal.WaitForAsync<EnvironmentEnded>(_ => true, PoolOfProbes.Bound);
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Equal("1", await probes.TextAsync(function, """{"do":"count"}"""));
    }

    [Fact]
    public async Task Nothing_of_a_function_runs_between_invocations()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        await probes.InvokeAsync(function, """{"do":"tick"}""");
        await probes.InvokeAsync(function, """{"do":"sleep","ms":100}""");
        var last = probes.Journal.LastSequence;
        var before = int.Parse(await probes.TextAsync(function, """{"do":"tick"}"""));
        Assert.True(before > 5, $"the thread in the background counted {before} while an invocation ran");
        await probes.Journal.WaitForAsync<EnvironmentStepped>(
            step => step.Effects == "Freeze", PoolOfProbes.Bound, last);

        // The wait is the subject here: half a second in which a thread that was not stopped would count to hundreds.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var after = int.Parse(await probes.TextAsync(function, """{"do":"tick"}"""));
        Assert.InRange(after, before, before + 100);
    }

    [Fact]
    public async Task Draining_answers_an_open_invocation_and_leaves_no_process()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function(timeoutSeconds: 60);
        var process = int.Parse(await probes.TextAsync(function, """{"do":"process"}"""));
        var before = probes.Journal.LastSequence;
        var open = probes.InvokeAsync(function, """{"do":"sleep","ms":60000}""");
        await probes.Journal.WaitForAsync<EnvironmentStepped>(
            step => step is { Fact: "InvokeRequested", To: "Invoke" }, PoolOfProbes.Bound, before);
        await probes.Pool.DrainAsync().AsTask().WaitAsync(PoolOfProbes.Bound, TestContext.Current.CancellationToken);
        Assert.Equal("Sandbox.Failure", (await open).ErrorType);
        Assert.False(Directory.Exists($"/proc/{process}"));
        await Assert.ThrowsAsync<HostStoppingException>(() => probes.InvokeAsync(function, "{}"));
        Assert.Equal(0, probes.Activity.UnderWay);
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_stop_its_invocation()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function();
        await probes.InvokeAsync(function, """{"do":"count"}""");
        using var gone = new CancellationTokenSource();
        var request = new InvocationRequest("request-1", """{"do":"sleep","ms":200}"""u8.ToArray(), function.Arn);
        var waiting = probes.Pool.InvokeAsync(function, request, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.NotEqual(0, probes.Activity.UnderWay);
        await probes.Journal.WaitForAsync<EnvironmentStepped>(
            step => step is { RequestId: "request-1", To: "Ready" }, PoolOfProbes.Bound);
        Assert.Equal("2", await probes.TextAsync(function, """{"do":"count"}"""));
    }
}
