using System.Text;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Extensions that fail, and what the caller and the log are told. The types are AWS's.</summary>
public sealed class ExtensionFailureTests
{
    [Theory]
    [InlineData("exit:3", "Extension.Crash", "exit status 3")]
    [InlineData("exit:0", "Extension.Crash", "exit code 0")]
    [InlineData("exit-error", "Extension.ExitError", "Probe.Failed")]
    public async Task An_extension_that_ends_during_an_invocation_fails_it(
        string behaviour, string errorType, string message)
    {
        // The runtime sleeps, so that the crash is what ends the invocation.
        using var layer = new LayerFolder().WithProbe("brittle", "INVOKE", behaviour);
        await using var probes = await PoolOfProbes.StartAsync();
        var function = ExtensionTests.Function(layer);
        var outcome = await probes.InvokeAsync(function, """{"do":"sleep","ms":8000}""", tail: true);
        AssertError(outcome, errorType, message);
        Assert.Contains($"\tError Type: {errorType}", Encoding.UTF8.GetString(outcome.LogTail.Span));

        // A reset is not the end: the same environment starts its processes again.
        var again = await probes.InvokeAsync(function, """{"do":"sleep","ms":8000}""");
        Assert.Equal(outcome.EnvironmentId, again.EnvironmentId);
    }

    [Fact]
    public async Task An_extension_that_gives_up_while_it_starts_fails_the_init_and_then_the_invocation()
    {
        // It subscribes to SHUTDOWN, because who does not is killed before it can say what it was told.
        using var layer = new LayerFolder().WithProbe("hopeless", "INVOKE,SHUTDOWN", "init-error");
        await using var probes = await PoolOfProbes.StartAsync();
        AssertError(
            await probes.InvokeAsync(ExtensionTests.Function(layer), "{}"), "Extension.InitError", "Probe.Failed");
        await probes.Journal.WaitForAsync<LogLineWritten>(
            line => line is { Extension: "hopeless", Line: "told 202 {\"status\":\"OK\"}" }, PoolOfProbes.Bound);
        var log = PlatformLines(probes);
        Assert.Contains(
            "EXTENSION\tName: hopeless\tState: InitError\tEvents: [INVOKE, SHUTDOWN]\tError Type: Probe.Failed", log);
        Assert.Contains(log, line =>
            line.StartsWith("INIT_REPORT") && line.EndsWith("Error Type: Extension.InitError"));
    }

    [Fact]
    public async Task A_file_that_is_not_executable_cannot_be_launched()
    {
        using var layer = new LayerFolder().WithFile("extensions/locked", "#!/bin/sh");
        await using var probes = await PoolOfProbes.StartAsync();
        AssertError(
            await probes.InvokeAsync(ExtensionTests.Function(layer), "{}"),
            "Extension.LaunchError", "PermissionDenied");
        Assert.Contains(
            "EXTENSION\tName: locked\tState: LaunchError\tEvents: []\tError Type: PermissionDenied",
            PlatformLines(probes));
    }

    [Fact]
    [Claim("X10")]
    public async Task An_eleventh_extension_file_is_one_too_many()
    {
        using var layer = new LayerFolder();
        for (var number = 0; number < 11; number++) layer.WithScript($"e{number:00}", "#!/bin/sh\nexec sleep 1000");
        await using var probes = await PoolOfProbes.StartAsync();
        AssertError(
            await probes.InvokeAsync(ExtensionTests.Function(layer), "{}"),
            "Extension.LaunchError", "TooManyExtensions");
    }

    [Fact]
    public async Task An_extension_that_never_registers_stops_the_init_at_its_bound()
    {
        using var layer = new LayerFolder().WithProbe("mute", "INVOKE", "idle");
        await using var probes = await PoolOfProbes.StartAsync(
            options => options with { InitBound = TimeSpan.FromSeconds(1) });
        var function = ExtensionTests.Function(layer) with { Timeout = TimeSpan.FromSeconds(1) };
        var outcome = await probes.InvokeAsync(function, "{}");
        AssertError(outcome, "Sandbox.Timedout", "Task timed out after 1.00 seconds");
        Assert.Contains(PlatformLines(probes), line =>
            line.StartsWith("INIT_REPORT Init Duration: 1") && line.EndsWith("Status: timeout"));
        Assert.DoesNotContain(probes.Journal.After(0), entry => entry.Fact is RuntimeStarted);
    }

    private static void AssertError(InvocationOutcome outcome, string errorType, string message)
    {
        var error = JsonDocument.Parse(outcome.Payload).RootElement;
        Assert.Equal("Unhandled", outcome.FunctionError);
        Assert.Equal(errorType, error.GetProperty("errorType").GetString());
        Assert.EndsWith(" Error: " + message, error.GetProperty("errorMessage").GetString());
    }

    private static string[] PlatformLines(PoolOfProbes probes) =>
    [
        .. probes.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Where(line => line.Platform).Select(line => line.Line),
    ];
}
