using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Bootstraps of a function's own, and wrappers around the managed runtime.</summary>
public sealed class RuntimeStartTests
{
    private const string Bootstrap = """
        #!/bin/sh
        export STARTED_BY=bootstrap
        exec dotnet "$LAMBDA_TASK_ROOT/Probe.dll"
        """;

    [Fact]
    public async Task An_OS_only_runtime_starts_the_bootstrap_of_a_layer()
    {
        using var layer = new LayerFolder().WithExecutable("bootstrap", Bootstrap);
        await using var probes = await PoolOfProbes.StartAsync();
        var block = await BlockAsync(probes, Provided(layer));
        Assert.Equal("bootstrap", block["STARTED_BY"]);
        Assert.DoesNotContain("AWS_EXECUTION_ENV", block.Keys);
        Assert.DoesNotContain("LAMBDA_RUNTIME_NAME", block.Keys);
    }

    [Fact]
    public async Task A_bootstrap_in_the_code_comes_before_that_of_a_layer()
    {
        using var code = new LayerFolder().WithExecutable("bootstrap", "#!/bin/sh\nexit 7");
        using var layer = new LayerFolder().WithExecutable("bootstrap", Bootstrap);
        await using var probes = await PoolOfProbes.StartAsync();
        var function = Provided(layer) with { CodeDirectory = code.Directory };
        Assert.EndsWith("exit status 7", await ErrorAsync(probes, function));
    }

    [Fact]
    public async Task Without_a_bootstrap_there_is_no_valid_entry_point()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var function = PoolOfProbes.Function() with { Runtime = "provided.al2023" };
        var outcome = await probes.InvokeAsync(function, "{}");
        Assert.Equal("Runtime.InvalidEntrypoint", outcome.ErrorType);
        Assert.EndsWith(
            " Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
            await ErrorAsync(probes, function));
    }

    [Fact]
    public async Task A_bootstrap_that_is_not_executable_is_refused()
    {
        using var layer = new LayerFolder().WithFile("bootstrap", Bootstrap);
        await using var probes = await PoolOfProbes.StartAsync(
            options => options with { Isolation = Isobar.Local.Lambda.Processes.IsolationChoice.Plain });
        Assert.EndsWith(
            $" Error: fork/exec {layer.Directory}/bootstrap: permission denied",
            await ErrorAsync(probes, Provided(layer)));
    }

    [Fact]
    public async Task A_wrapper_is_given_the_runtimes_command()
    {
        using var layer = new LayerFolder().WithExecutable("wrap", "#!/bin/sh\nexport WRAPPED=\"$1\"\nexec \"$@\"");
        await using var probes = await PoolOfProbes.StartAsync();
        var block = await BlockAsync(probes, ExtensionTests.Function(layer, ("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap")));
        Assert.EndsWith("/dotnet", block["WRAPPED"]);
    }

    [Theory]
    [InlineData("/opt/missing", "exit status 127")]
    [InlineData("/opt/locked", "exit status 126")]
    public async Task A_wrapper_that_cannot_be_run_ends_as_AWSs_bootstrap_would(string wrapper, string message)
    {
        using var layer = new LayerFolder().WithFile("locked", "#!/bin/sh");
        await using var probes = await PoolOfProbes.StartAsync();
        Assert.EndsWith(
            "Runtime exited with error: " + message,
            await ErrorAsync(probes, ExtensionTests.Function(layer, ("AWS_LAMBDA_EXEC_WRAPPER", wrapper))));
    }

    private static FunctionConfiguration Provided(LayerFolder layer) =>
        ExtensionTests.Function(layer) with { Runtime = "provided.al2023" };

    private static async Task<string> ErrorAsync(PoolOfProbes probes, FunctionConfiguration function)
    {
        var outcome = await probes.InvokeAsync(function, "{}");
        return JsonDocument.Parse(outcome.Payload).RootElement.GetProperty("errorMessage").GetString()!;
    }

    private static async Task<Dictionary<string, string>> BlockAsync(
        PoolOfProbes probes, FunctionConfiguration function) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            await probes.TextAsync(function, """{"do":"environment"}"""))!;
}
