using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Claims;

/// <summary>What extensions are and what they can do.</summary>
[Collection(StackWithExtensions.Name)]
public sealed class ExtensionStories(ExtensionFixture stack)
{
    [Fact]
    [Claim("X1")]
    public async Task An_external_extension_is_a_process_and_an_internal_one_lives_in_the_runtimes()
    {
        var runtime = await stack.AskAsync("Outer", """{"do":"process"}""");

        var inner = await stack.LineAsync(line => line.Line == $"inner1 process {runtime}");
        var outer = await stack.LineAsync(line => line.EnvironmentId == inner.EnvironmentId
            && line.Line.StartsWith("outer process ", StringComparison.Ordinal));
        Assert.Equal((null, "outer"), (inner.Extension, outer.Extension));
        Assert.NotEqual($"outer process {runtime}", outer.Line);
        var ready = stack.FactsOf<LogLineWritten>("Outer").Select(line => line.Line).ToArray();
        Assert.Contains(ready, line => line.StartsWith("EXTENSION\tName: outer\tState: Ready"));
        Assert.Contains(ready, line => line.StartsWith("EXTENSION\tName: inner1\tState: Ready"));
    }

    [Fact]
    [Claim("X2")]
    public async Task Function_and_extension_have_one_tmp_the_same_variables_and_the_same_credentials()
    {
        var own = await stack.EnvironmentAsync("Outer");
        var seen = await stack.AskAsync("Outer", """{"do":"read"}""");

        Assert.Equal("with both kinds", (string?)own["SHARED"]);
        Assert.Equal($"\"{own["AWS_ACCESS_KEY_ID"]} {own["SHARED"]} 512\"", seen);
    }

    [Fact]
    [Claim("X2")]
    public async Task Function_and_extension_that_fit_alone_are_ended_by_their_one_memory_limit_together()
    {
        const string most = """{"do":"allocate","mb":300,"ms":1500}""";
        Assert.Equal("300", await stack.AskAsync("Bare", most));

        // The extension alone takes as much, once it is let through the gate.
        await stack.Close().OpenAsync();
        Assert.Equal("{}", await stack.AskAsync("Heavy", "{}"));
        await stack.Stack.QuietAsync();
        var together = await stack.AskAsync("Heavy", most);

        // The larger process is killed, which may be either.
        Assert.Matches("\"(Runtime.ExitError|Extension.Crash)\"", together);
        Assert.Contains("killed", together);
    }

    [Fact]
    [Claim("X3")]
    public async Task A_wrapper_changes_the_process_of_unchanged_code_and_an_external_extension_never_sees_the_payload()
    {
        Assert.Equal(
            (string?)(await stack.ConfigurationAsync("Bare"))["CodeSha256"],
            (string?)(await stack.ConfigurationAsync("Wrapped"))["CodeSha256"]);
        Assert.NotEqual(
            await stack.AskAsync("Bare", """{"do":"heap"}"""), await stack.AskAsync("Wrapped", """{"do":"heap"}"""));

        var (requestId, _) = await stack.Stack.InvokeAsync(
            "Outer", """{"do":"log","text":"only the function knows"}""", "RequestResponse");
        await stack.LineAsync(line => line.RequestId == requestId && line.Line == "only the function knows 1");
        var heard = await stack.LineAsync(line => line.Extension == "outer" && line.Line.Contains(requestId));
        Assert.DoesNotContain("only the function knows", heard.Line);
    }

    [Fact]
    [Claim("X6")]
    public async Task An_extension_hears_of_an_invocation_while_the_handler_still_works()
    {
        var before = stack.Stack.Host.Journal.LastSequence;
        await using var gate = stack.Close();
        var invoked = stack.AskAsync("Outer", """{"do":"wait"}""");

        // The handler waits at the gate, which nobody has opened.
        await stack.LineAsync(line => line.Extension == "outer" && line.Line.Contains("\"INVOKE\""), before);
        Assert.False(invoked.IsCompleted);

        await gate.OpenAsync();
        Assert.Matches("^[0-9]+$", await invoked);
    }

    [Fact]
    [Claim("X8")]
    [Claim("Y2")]
    public async Task A_layer_brings_an_extension_by_a_file_in_its_folder_extensions_and_by_nothing_else()
    {
        ExtensionFixture.NeedBash();
        await stack.AskAsync("Bash", "{}");
        await stack.AskAsync("Plain", "{}");

        Assert.Equal(
            ["written-in-bash"], stack.FactsOf<ExtensionStarted>("Bash").Select(fact => fact.Extension).Distinct());
        Assert.Empty(stack.FactsOf<ExtensionStarted>("Plain"));
        Assert.DoesNotContain(
            stack.FactsOf<LogLineWritten>("Plain"),
            line => line.Line.StartsWith("EXTENSION", StringComparison.Ordinal));
    }

    [Fact]
    [Claim("X10")]
    public async Task Every_file_of_the_folder_is_started_as_an_extension_of_its_own_and_no_folder_in_it()
    {
        ExtensionFixture.NeedBash();
        await stack.AskAsync("Many", "{}");

        var ready = stack.FactsOf<LogLineWritten>("Many").Select(line => line.Line)
            .Where(line => line.StartsWith("EXTENSION", StringComparison.Ordinal) && line.Contains("State: Ready"))
            .Select(line => line.Split('\t')[1]).Distinct().Order();
        Assert.Equal(["Name: one", "Name: three", "Name: two"], ready);
    }

    [Fact]
    [Claim("X11")]
    public async Task A_wrapper_computes_from_the_memory_size_what_one_fixed_variable_cannot_say()
    {
        Assert.Equal($"{384 << 20}", await stack.AskAsync("Wrapped", """{"do":"heap"}"""));
        Assert.Equal($"{576 << 20}", await stack.AskAsync("WrappedLarger", """{"do":"heap"}"""));
    }

    [Fact]
    [Claim("X12")]
    public async Task An_extension_in_another_language_gets_every_event_of_a_function_in_CSharp()
    {
        ExtensionFixture.NeedBash();
        var (requestId, _) = await stack.Stack.InvokeAsync("Bash", "{}", "RequestResponse");

        await stack.LineAsync(line => line.Extension == "written-in-bash" && line.Line.Contains(requestId));
    }

    [Fact]
    [Claim("X13")]
    public async Task A_subscriber_of_the_Telemetry_API_and_one_of_the_Logs_API_both_get_what_the_function_writes()
    {
        await stack.AskAsync("Heard", """{"do":"log","text":"to both"}""");
        await using var gate = stack.Close();
        var invoked = stack.AskAsync("Heard", """{"do":"wait"}""");

        // While the function waits at the gate, what was buffered is delivered.
        foreach (var ear in (string[])["newer", "older"])
        {
            await stack.LineAsync(line => line.Extension == ear && line.Line.Contains("telemetry")
                && line.Line.Contains("\"to both 1\""));
        }

        await stack.LineAsync(line => line.Extension == "newer" && line.Line.Contains("platform.initReport"));
        await stack.LineAsync(line => line.Extension == "older" && line.Line.Contains("platform.end"));
        await gate.OpenAsync();
        await invoked;
        Assert.DoesNotContain(stack.LinesOf("Heard", "older"), line => line.Contains("platform.initReport"));
        Assert.DoesNotContain(stack.LinesOf("Heard", "newer"), line => line.Contains("platform.end"));
    }

    [Fact]
    [Claim("X14")]
    public async Task An_extension_that_stands_between_the_runtime_and_its_API_sees_the_payloads_too()
    {
        const string payload = """{"do":"log","text":"passed on"}""";
        await stack.AskAsync("Proxied", payload);

        await stack.LineAsync(line => line.Extension is null && line.Line == "passed on 1");
        await stack.LineAsync(line => line.Extension == "proxy" && line.Line == $"proxy passed {payload}");
    }

    [Fact]
    [Claim("X19")]
    [Claim("X20")]
    public async Task An_extension_fetches_a_parameter_before_the_first_invocation_once_for_each_environment()
    {
        const string read = """{"do":"read"}""";
        Assert.Equal("\"sesame\"", await stack.AskAsync("Secret", read));

        // In the same environment, and then in another one.
        Assert.Equal("\"sesame\"", await stack.AskAsync("Secret", read));
        Assert.Single(stack.LinesOf("Secret", "cache"), line => line == "cache fetched");
        await stack.RetireAsync("Secret");
        for (var call = 0; call < 2; call++) Assert.Equal("\"sesame\"", await stack.AskAsync("Secret", read));

        var fetches = stack.FactsOf<LogLineWritten>("Secret").Where(line => line.Line == "cache fetched");
        Assert.Equal(2, fetches.Count());
        Assert.Equal(2, fetches.Select(line => line.EnvironmentId).Distinct().Count());
    }
}
