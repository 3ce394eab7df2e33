using System.Text.Json;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Tests.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Images;

/// <summary>How an image starts, in real processes: by entry point, command and working directory.</summary>
public sealed class ImageStartTests
{
    private static readonly string[] Script = ["/lambda-entrypoint.sh"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWSs_script_starts_the_handler_that_the_command_names(bool plain)
    {
        await using var probes = await StartAsync(plain);
        var block = await BlockAsync(probes, Image(Script, ["Probe"], variables: ("OF_IMAGE", "image's")));
        Assert.Equal("Probe", block["_HANDLER"]);
        Assert.Equal("AWS_Lambda_dotnet10", block["AWS_EXECUTION_ENV"]);
        Assert.Equal("image's", block["OF_IMAGE"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_entry_point_runs_with_the_command_behind_it_in_the_working_directory(
        bool plain)
    {
        using var layer = new LayerFolder().WithExecutable("run", """
            #!/bin/sh
            export STARTED_IN="$(pwd)" GIVEN="$*"
            exec dotnet /var/task/Probe.dll
            """.Replace("/var/task", plain ? PoolOfProbes.ProbeDirectory : "/var/task",
                StringComparison.Ordinal));
        await using var probes = await StartAsync(plain);
        var block = await BlockAsync(
            probes, Image(["/opt/run", "-v"], ["two words"], "/opt") with { LayersDirectory = layer.Directory });
        Assert.Equal("-v two words", block["GIVEN"]);
        Assert.Equal(plain ? layer.Directory : "/opt", block["STARTED_IN"]);
        Assert.DoesNotContain("AWS_EXECUTION_ENV", block.Keys);
    }

    [Fact]
    public async Task A_program_without_a_folder_is_looked_for_in_the_path()
    {
        await using var probes = await StartAsync();
        var block = await BlockAsync(probes, Image(["dotnet", "Probe.dll"], []));
        Assert.DoesNotContain("LAMBDA_RUNTIME_NAME", block.Keys);
    }

    [Fact]
    public async Task The_functions_variables_replace_the_images()
    {
        await using var probes = await StartAsync();
        var function = Image(Script, ["Probe"], variables: ("WHO", "image"));
        var block = await BlockAsync(probes, function with
        {
            EnvironmentVariables = new Dictionary<string, string> { ["WHO"] = "function" },
        });
        Assert.Equal("function", block["WHO"]);
    }

    [Fact]
    public async Task An_OS_only_image_runs_the_bootstrap_that_it_brings()
    {
        using var runtime = new LayerFolder().WithExecutable(
            "bootstrap", "#!/bin/sh\nexec dotnet \"$LAMBDA_TASK_ROOT/Probe.dll\"");
        await using var probes = await StartAsync();
        var function = Image(Script, ["any"]) with { Runtime = "provided.al2023" };
        var block = await BlockAsync(
            probes, function with { Image = function.Image! with { Runtime = runtime.Directory } });
        Assert.Equal("any", block["_HANDLER"]);
        Assert.EndsWith("exit status 127", (await FailAsync(probes, function)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opt/none", "fork/exec /opt/none: no such file or directory")]
    [InlineData("/opt/locked", "fork/exec /opt/locked: permission denied")]
    [InlineData("/opt", "fork/exec /opt: permission denied")]
    [InlineData("/opt/text", "fork/exec /opt/text: exec format error")]
    [InlineData("/opt/foreign", "fork/exec /opt/foreign: exec format error")]
    [InlineData("app.handler", "exec: \"app.handler\": executable file not found in $PATH")]
    public async Task A_wrong_entry_point_is_Runtime_InvalidEntrypoint(string entryPoint, string message)
    {
        using var layer = new LayerFolder()
            .WithFile("locked", "#!/bin/sh").WithExecutable("text", "no program, but twenty bytes or more")
            // Of an IBM Z.
            .WithExecutable("foreign", "\u007fELF\u0002\u0002\u0001" + new string('\0', 9) + "\0\u0002\0\u0016");
        await using var probes = await StartAsync();
        var failed = await FailAsync(probes, Image([entryPoint], []) with { LayersDirectory = layer.Directory });
        Assert.Equal("Runtime.InvalidEntrypoint", failed.Type);
        Assert.EndsWith($" Error: {message}", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app", "the working directory 'app' is invalid, it needs to be an absolute path")]
    [InlineData("/var/task/none", "the working directory doesn't exist: /var/task/none")]
    public async Task A_wrong_working_directory_is_Runtime_InvalidWorkingDir(string folder, string message)
    {
        await using var probes = await StartAsync();
        var failed = await FailAsync(probes, Image(["/opt/none"], [], folder));
        Assert.Equal("Runtime.InvalidWorkingDir", failed.Type);
        Assert.EndsWith($" Error: {message}", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit status 142")]
    [InlineData("exit status 142", "Probe", "more")]
    [InlineData("exit status 104", "None")]
    public async Task A_wrong_command_is_the_end_of_AWSs_script(string status, params string[] command)
    {
        await using var probes = await StartAsync();
        var failed = await FailAsync(probes, Image(Script, command));
        Assert.Equal("Runtime.ExitError", failed.Type);
        Assert.EndsWith("Runtime exited with error: " + status, failed.Message, StringComparison.Ordinal);
    }

    private static Task<PoolOfProbes> StartAsync(bool plain = false) => PoolOfProbes.StartAsync(
        options => options with { Isolation = plain ? IsolationChoice.Plain : IsolationChoice.Auto });

    private static FunctionConfiguration Image(
        IReadOnlyList<string> entryPoint, IReadOnlyList<string> command, string folder = "/var/task",
        params (string Name, string Value)[] variables) => PoolOfProbes.Function() with
        {
            Handler = command.FirstOrDefault() ?? "",
            Image = new ImageStart(
                entryPoint, command, folder,
                variables.ToDictionary(variable => variable.Name, variable => variable.Value)),
        };

    private static async Task<(string? Type, string Message)> FailAsync(
        PoolOfProbes probes, FunctionConfiguration function)
    {
        var outcome = await probes.InvokeAsync(function, "{}");
        return (outcome.ErrorType,
            JsonDocument.Parse(outcome.Payload).RootElement.GetProperty("errorMessage").GetString()!);
    }

    private static async Task<Dictionary<string, string>> BlockAsync(
        PoolOfProbes probes, FunctionConfiguration function) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            await probes.TextAsync(function, """{"do":"environment"}"""))!;
}
