using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Instrumentation;

/// <summary>The instrumentation layer on a function that does not know of it, and what its failures do.</summary>
public sealed class InternalExtensionStories(InstrumentedFixture stack) : IClassFixture<InstrumentedFixture>
{
    [Fact]
    [Claim("X1")]
    [Claim("X3")]
    public async Task One_variable_makes_an_internal_extension_of_unchanged_code_without_a_process_more()
    {
        Assert.Equal(
            (string?)(await stack.ConfigurationAsync("Without"))["CodeSha256"],
            (string?)(await stack.ConfigurationAsync("With"))["CodeSha256"]);

        await stack.AskAsync("With", "{}");

        await stack.LineAsync(line => line.FunctionName == stack.Stack.Stack.NameOf("With")
            && line.Line.StartsWith("EXTENSION\tName: instrumentation\tState: Ready\tEvents: [INVOKE]"));
        Assert.Empty(stack.FactsOf<ExtensionStarted>("With"));
    }

    [Fact]
    public async Task A_call_is_timed_and_told_with_the_trace_of_its_invocation_and_without_its_query()
    {
        const string call =
            """{"do":"get","address":"%AWS_ENDPOINT_URL%/orders/v1/4711/items?token=kept-secret"}""";
        var (requestId, status) = await stack.Stack.InvokeAsync("With", call, "RequestResponse");
        // The Probe's runtime client is none that can be watched, so its calls are told when the next event is there.
        await stack.AskAsync("With", "{}");

        var line = await stack.LineAsync(line => line.Line.Contains("\"spans\"") && line.Line.Contains(requestId));
        var spans = JsonNode.Parse(line.Line)!;
        Assert.Matches("^1-[0-9a-f]{8}-[0-9a-f]{24}$", (string?)spans["traceId"]);
        Assert.Matches("^[0-9a-f]{16}$", (string?)spans["parentId"]);
        var span = Assert.Single(spans["spans"]!.AsArray())!;
        Assert.Equal(
            ("GET", "/orders/v1/*/items", status, false),
            ((string?)span["method"], (string?)span["route"], span["status"]!.ToJsonString(), (bool?)span["fault"]));
        Assert.DoesNotContain("kept-secret", line.Line);
        Assert.DoesNotContain("4711", line.Line);
    }

    [Fact]
    public async Task Taken_away_it_leaves_no_line_and_no_variable()
    {
        var without = (JsonObject)await stack.EnvironmentAsync("Without");
        var with = (JsonObject)await stack.EnvironmentAsync("With");

        // The wrapper's own variable, the limit that it computed, what the Probe was asked for, and the shell's PWD.
        // The startup hook's variable is gone: a program that the function starts does not get it.
        string[] changed = ["AWS_LAMBDA_EXEC_WRAPPER", "DOTNET_GCHeapHardLimit", "PROBE_INIT", "PWD"];
        string[] own = ["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "TMPDIR"];
        var different = with.Concat(without).Select(variable => variable.Key).Distinct()
            .Where(name => (string?)with[name] != (string?)without[name]).Except(own).Order(StringComparer.Ordinal);
        Assert.Equal(changed, different);
        Assert.DoesNotContain(
            stack.FactsOf<LogLineWritten>("Without").Select(line => line.Line),
            line => line.Contains("instrumentation", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    [Claim("X11")]
    public async Task The_heap_has_three_quarters_of_whatever_memory_the_function_has()
    {
        Assert.Equal($"{384 << 20}", await stack.AskAsync("With", """{"do":"heap"}"""));
        Assert.Equal($"{768 << 20}", await stack.AskAsync("Larger", """{"do":"heap"}"""));
    }

    [Fact]
    [Claim("X2")]
    public async Task Function_internal_and_external_extension_have_one_tmp_one_role_and_the_same_variables()
    {
        var own = await stack.EnvironmentAsync("Sharing");

        Assert.Equal(
            $"\"{own["AWS_ACCESS_KEY_ID"]}\"", await stack.AskAsync("Sharing", """{"do":"read","path":"hook"}"""));
        Assert.Equal(
            $"\"{own["AWS_ACCESS_KEY_ID"]} all 512\"", await stack.AskAsync("Sharing", """{"do":"read"}"""));
    }

    [Fact]
    [Claim("X2")]
    public async Task Function_internal_and_external_extension_are_ended_by_one_memory_limit_that_two_of_them_keep()
    {
        var third = new JsonObject { ["do"] = "allocate", ["mb"] = InstrumentedFixture.ThirdMb, ["ms"] = 1_500 };
        var held = $"{InstrumentedFixture.ThirdMb}";

        // With the external extension alone, which takes its part when it hears of an invocation; with the internal
        // one alone, which has taken it before.
        Assert.Equal(held, await stack.AskAsync("OfThree", third.ToJsonString()));
        Assert.Equal(held, await stack.AskAsync("TwoOfThree", third.ToJsonString()));

        var together = await stack.AskAsync("Three", third.ToJsonString());
        Assert.Matches("\"(Runtime.ExitError|Extension.Crash)\"", together);
        Assert.Contains("killed", together);
    }

    [Fact]
    public async Task A_wrapper_that_is_missing_ends_as_AWSs_bootstrap_does_and_every_invocation_with_it()
    {
        for (var call = 0; call < 2; call++)
        {
            var failed = JsonNode.Parse(await stack.AskAsync("WithoutTheLayer", "{}"))!;
            Assert.Equal("Runtime.ExitError", (string?)failed["errorType"]);
            Assert.EndsWith("Runtime exited with error: exit status 127", (string?)failed["errorMessage"]);
        }
    }

    [Fact]
    public async Task A_layer_without_its_startup_hook_still_limits_the_heap_and_starts_the_function()
    {
        Assert.Equal($"{384 << 20}", await stack.AskAsync("WithoutTheHook", """{"do":"heap"}"""));
        Assert.DoesNotContain(
            stack.FactsOf<LogLineWritten>("WithoutTheHook"),
            line => line.Line.StartsWith("EXTENSION", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HookMissing")]
    [InlineData("HookThrows")]
    public async Task An_internal_extension_that_is_missing_or_fails_ends_the_runtimes_process(string function)
    {
        var failed = JsonNode.Parse(await stack.AskAsync(function, "{}"))!;

        Assert.Equal("Runtime.ExitError", (string?)failed["errorType"]);
        Assert.EndsWith("Runtime exited with error: signal: aborted", (string?)failed["errorMessage"]);
        var lines = stack.FactsOf<LogLineWritten>(function).Select(line => line.Line).ToArray();
        Assert.Contains(lines, line => line.StartsWith("INIT_REPORT", StringComparison.Ordinal)
            && line.EndsWith("Status: error\tError Type: Runtime.ExitError", StringComparison.Ordinal));
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task An_internal_extension_that_is_slow_uses_up_the_init_phase_and_then_the_functions_timeout()
    {
        var failed = JsonNode.Parse(await stack.AskAsync("HookIsSlow", "{}"))!;

        Assert.Equal("Sandbox.Timedout", (string?)failed["errorType"]);
        Assert.EndsWith("Task timed out after 3.00 seconds", (string?)failed["errorMessage"]);
        var report = Assert.Single(
            stack.FactsOf<LogLineWritten>("HookIsSlow"),
            line => line.Line.StartsWith("INIT_REPORT", StringComparison.Ordinal));
        Assert.EndsWith("Phase: init\tStatus: timeout", report.Line);
    }
}
