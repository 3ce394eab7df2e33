using System.Diagnostics;

namespace Isobar.Functions.Tests.Instrumentation;

/// <summary>The wrapper script, with a command of the tests in the place of the runtime's.</summary>
public sealed class WrapperTests : IDisposable
{
    // Says what it was given: its arguments, one a line, and two variables.
    private const string Command = """
        #!/bin/sh
        printf '%s\n' "$@"
        echo "heap ${DOTNET_GCHeapHardLimit-none}"
        echo "hooks ${DOTNET_STARTUP_HOOKS-none}"
        echo "node ${NODE_OPTIONS-none}"
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("isobar wrapper ").FullName;

    [Theory]
    [InlineData("128", null, "6000000")]
    [InlineData("512", null, "18000000")]
    [InlineData("512", "20000000", "18000000")]
    [InlineData("512", "10000000", "10000000")]
    [InlineData("512", "0x10000000", "0x10000000")]
    [InlineData("512", "ten", "18000000")]
    [InlineData("10240", null, "1e0000000")]
    [InlineData("much", "10000000", "10000000")]
    [InlineData("", null, "none")]
    [InlineData(null, null, "none")]
    public async Task The_heap_of_dotnet_is_three_quarters_of_the_memory_unless_the_function_has_less(
        string? memory, string? own, string expected) =>
        Assert.Contains(
            $"heap {expected}",
            await RunAsync("dotnet", [], ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory), ("DOTNET_GCHeapHardLimit", own)));

    [Fact]
    public async Task The_startup_hook_comes_after_those_that_the_function_has()
    {
        var hook = Path.Combine(folder, "Isobar.Instrumentation.dll");
        Assert.Contains("hooks none", await RunAsync("dotnet", []));
        await File.WriteAllTextAsync(hook, "");
        Assert.Contains($"hooks {hook}", await RunAsync("dotnet", []));
        Assert.Contains(
            $"hooks /opt/other.dll:{hook}", await RunAsync("dotnet", [], ("DOTNET_STARTUP_HOOKS", "/opt/other.dll")));
    }

    [Fact]
    public async Task The_command_keeps_its_arguments_whatever_is_in_them()
    {
        string[] arguments = ["exec", "a b", "", "*", "$HOME", "'\"", "--max-old-space-size=460"];

        Assert.Equal(arguments, (await RunAsync("dotnet", arguments))[..arguments.Length]);
    }

    [Fact]
    public async Task Node_gets_three_quarters_by_its_argument_and_the_hook_by_its_variable()
    {
        string[] arguments = ["--expose-gc", "--max-old-space-size=460", "/var/runtime/index.mjs", "in dex.handler"];
        await File.WriteAllTextAsync(Path.Combine(folder, "hook.mjs"), "");

        var seen = await RunAsync(
            "node", arguments, ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"), ("NODE_OPTIONS", "--no-warnings"));

        Assert.Equal(["--expose-gc", "--max-old-space-size=384", .. arguments[2..]], seen[..4]);
        Assert.Contains($"node --no-warnings --import \"{folder}/hook.mjs\"", seen);
        Assert.Contains("heap none", seen);
        Assert.Contains("hooks none", seen);
    }

    [Fact]
    public async Task Another_language_is_started_as_it_is()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "hook.mjs"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, "Isobar.Instrumentation.dll"), "");

        Assert.Equal(
            ["-m", "heap none", "hooks none", "node none"],
            await RunAsync("python3.13", ["-m"], ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string[]> RunAsync(
        string program, string[] arguments, params (string Name, string? Value)[] variables)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for Linux.");
        var (wrapper, command) = (Path.Combine(folder, "wrapper"), Path.Combine(folder, program));
        await File.WriteAllTextAsync(command, Command.ReplaceLineEndings("\n"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "wrapper"), wrapper, overwrite: true);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(command, (UnixFileMode)0b111_101_101);
        var start = new ProcessStartInfo(wrapper, [command, .. arguments]) { RedirectStandardOutput = true };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        foreach (var (name, value) in variables)
            if (value is not null) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n').Split('\n');
    }
}
