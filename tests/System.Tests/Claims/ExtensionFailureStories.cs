namespace Isobar.Stories.Claims;

/// <summary>Functions whose extensions fail, and some of whose telemetry extension can't do its work.</summary>
public sealed class ExtensionFailureFixture : ProbeFixture
{
    /// <summary>Longer than the ten seconds of an init phase. Source: Lambda developer guide, "Init phase".</summary>
    internal const int SlowMs = 11_000;

    private protected override string Resources =>
        Layer("TelemetryLayer", "extensions/telemetry")
        + Layer("CrashingLayer", "layers/crashing") + Layer("HopelessLayer", "layers/hopeless")
        + Layer("HollowLayer", "layers/hollow") + Layer("SlowLayer", "layers/slow")
        + Function("Unset", "Layers: [!Ref TelemetryLayer]")
        + Function("Misspelt", "Layers: [!Ref TelemetryLayer]",
            "TELEMETRY_BUCKET: none, TELEMETRY_LEVEL: LOUD, OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318'")
        + Function("Crashing", "Layers: [!Ref CrashingLayer]")
        + Function("Hopeless", "Layers: [!Ref HopelessLayer]")
        + Function("Hollow", "Layers: [!Ref HollowLayer]")
        + Function("Slow", "Layers: [!Ref SlowLayer]");

    private protected override ProbeCheckout CheckOut() => new ProbeCheckout().WithBuilt("telemetry")
        .WithExtension("crashing", "crashing", "INVOKE", "exit:3")
        .WithExtension("hopeless", "hopeless", "INVOKE", "init-error")
        .WithScript("hollow", "extensions/hollow", File.ReadAllText(Repository.In("extensions", "launcher.sh")))
        .WithExtension("slow", "slow", "INVOKE", $"delay:{SlowMs}");
}

/// <summary>
/// What becomes of a function when an extension fails, by Lambda's rules and by this extension's care.
/// </summary>
public sealed class ExtensionFailureStories(ExtensionFailureFixture stack) : IClassFixture<ExtensionFailureFixture>
{
    [Theory]
    [InlineData("Unset", "telemetry: neither TELEMETRY_BUCKET nor OTEL_EXPORTER_OTLP_ENDPOINT names a destination")]
    [InlineData("Misspelt", "telemetry: TELEMETRY_LEVEL should be")]
    [InlineData("Misspelt", "telemetry: OTEL_EXPORTER_OTLP_ENDPOINT is not an address")]
    [InlineData("Misspelt", "telemetry: writing to the bucket fails: status 404")]
    public async Task A_telemetry_extension_that_can_not_do_its_work_says_so_and_the_function_does_its_own(
        string function, string line)
    {
        for (var i = 0; i < 3; i++) Assert.Equal("{}", await stack.AskAsync(function, "{}"));

        await using var gate = stack.Close();
        var invoked = stack.AskAsync(function, """{"do":"wait"}""");
        await stack.LineAsync(written =>
            written.Extension == "telemetry" && written.Line.StartsWith(line, StringComparison.Ordinal)
            && written.FunctionName == stack.Stack.Stack.NameOf(function));
        await gate.OpenAsync();
        await invoked;
    }

    [Theory]
    [InlineData("Crashing", "Extension.Crash")]
    [InlineData("Hopeless", "Extension.InitError")]
    public async Task An_extension_that_ends_or_reports_an_error_takes_every_invocation_with_it(
        string function, string errorType)
    {
        for (var i = 0; i < 2; i++)
            Assert.Contains($"\"{errorType}\"", await stack.AskAsync(function, """{"do":"sleep","ms":8000}"""));
    }

    [Fact]
    public async Task A_launcher_without_its_executable_ends_before_it_registers_and_takes_the_function_with_it()
    {
        Assert.Contains("\"Extension.Crash\"", await stack.AskAsync("Hollow", "{}"));
        await stack.LineAsync(line => line.Extension == "hollow" && line.Line.Contains("not found"));
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task An_extension_that_registers_after_the_init_phase_delays_the_first_invocation_which_starts_anew()
    {
        var called = TimeProvider.System.GetTimestamp();
        Assert.Equal("{}", await stack.AskAsync("Slow", "{}"));
        var took = TimeProvider.System.GetElapsedTime(called).TotalMilliseconds;

        // Ten seconds of the init phase, and then all of the start again inside the invocation.
        Assert.InRange(took, 10_000 + ExtensionFailureFixture.SlowMs, double.MaxValue);
        await stack.LineAsync(line => line.Line.StartsWith("INIT_REPORT") && line.Line.EndsWith("Status: timeout"));
    }
}
