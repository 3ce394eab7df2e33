using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Stories.HostLife;

/// <summary>The host as people run it: its executable, in a process and with a temporary folder of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Host, .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Where the host puts its data directory, so that a story sees whether it is gone.
        start.Environment["TMPDIR"] = Temporary;
        Began = TimeProvider.System.GetTimestamp();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => { if (line.Data is { } text) errors.Enqueue(text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Temporary { get; } = Directory.CreateTempSubdirectory("isobar-story-").FullName;

    public long Began { get; }

    public int Id => process.Id;

    public string Output => string.Join('\n', output);

    public string Errors => string.Join('\n', errors);

    /// <summary>Starts <c>up</c> on a free port and waits until it says that it is.</summary>
    public static async Task<(HostProcess Host, Uri Address)> UpAsync()
    {
        var host = Start("up", "--port", "0", "--no-build", "--configuration", Repository.Configuration);
        var ended = host.process.WaitForExitAsync();
        await Task.WhenAny(host.ready.Task, ended).WaitAsync(Bound);
        Assert.False(ended.IsCompleted, $"it ended: {host.Output}\n{host.Errors}");
        return (host, await host.ready.Task);
    }

    public static HostProcess Start(params string[] arguments) => new(arguments);

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
        Directory.Delete(Temporary, recursive: true);
    }

    [GeneratedRegex(@"^Isobar is up: stack \S+ at (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Readiness();

    private void Take(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        if (Readiness().Match(line) is { Success: true } match) ready.TrySetResult(new Uri(match.Groups[1].Value));
    }
}
