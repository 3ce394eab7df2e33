using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Stories.HostLife;

/// <summary>The host as people run it: its executable, in a process and with a temporary folder of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private static readonly string[] UpOnAnyPort =
        ["up", "--port", "0", "--no-build", "--configuration", Repository.Configuration];

    private readonly Process process;
    private readonly bool ownsTemporary;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(ProcessStartInfo start, HostSurroundings surroundings)
    {
        start.WorkingDirectory = Repository.Root;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in surroundings.Variables) start.Environment[name] = value;
        // Where the host puts its data directory, so that a story sees whether it is gone.
        Temporary = surroundings.Temporary ?? Directory.CreateTempSubdirectory("isobar-story-").FullName;
        ownsTemporary = surroundings.Temporary is null;
        start.Environment["TMPDIR"] = Temporary;
        Began = TimeProvider.System.GetTimestamp();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Take(output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Temporary { get; }

    public long Began { get; }

    public int Id => process.Id;

    public string Output => string.Join('\n', output);

    public string Errors => string.Join('\n', errors);

    /// <summary>Starts <c>up</c> on a free port and waits until it says that it is.</summary>
    public static async Task<(HostProcess Host, Uri Address)> UpAsync(HostSurroundings? surroundings = null)
    {
        surroundings ??= new HostSurroundings();
        var host = Start(surroundings, [.. UpOnAnyPort, .. surroundings.Arguments]);
        return (host, await host.AddressAsync());
    }

    public static HostProcess Start(params string[] arguments) => Start(new HostSurroundings(), arguments);

    public static HostProcess Start(HostSurroundings surroundings, params string[] arguments) =>
        new(new ProcessStartInfo("dotnet", [Repository.Host, .. arguments]), surroundings);

    /// <summary>Starts <c>up</c> on a free port within a shell's command line, where it is <c>"$@"</c>.</summary>
    public static HostProcess UpIn(string commandLine) => new(
        new ProcessStartInfo("/bin/sh", ["-c", commandLine, "sh", "dotnet", Repository.Host, .. UpOnAnyPort]),
        new HostSurroundings());

    /// <summary>Waits until <c>up</c> says where it is.</summary>
    public async Task<Uri> AddressAsync()
    {
        var ended = process.WaitForExitAsync();
        await Task.WhenAny(ready.Task, ended).WaitAsync(Bound);
        Assert.True(ready.Task.IsCompleted, $"it ended: {Output}\n{Errors}");
        return await ready.Task;
    }

    public void Signal(int signal) => Libc.Signal(Id, signal);

    /// <summary>Waits for its end.</summary>
    /// <param name="bound">How long at most; null for <see cref="Bound"/>.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(TimeSpan? bound = null)
    {
        await process.WaitForExitAsync().WaitAsync(bound ?? Bound);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        if (ownsTemporary) Directory.Delete(Temporary, recursive: true);
    }

    [GeneratedRegex(@"^Isobar is up: stack \S+ at (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Readiness();

    private void Take(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        if (Readiness().Match(line) is { Success: true } match) ready.TrySetResult(new Uri(match.Groups[1].Value));
    }
}

/// <summary>What a host's process is given besides its arguments.</summary>
/// <param name="Temporary">Its folder for temporary files; null for one of its own, which goes with it.</param>
internal sealed record HostSurroundings(string? Temporary = null)
{
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Of <c>up</c>, beside those that every story gives it.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
