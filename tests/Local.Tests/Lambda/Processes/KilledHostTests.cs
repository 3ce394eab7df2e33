using System.Diagnostics;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Tests.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Processes;

/// <summary>
/// A host that is killed (not asked) leaves nothing behind: not even what was stopped, nor grandchildren.
/// </summary>
public sealed class KilledHostTests
{
    private const string ReportFile = "ISOBAR_TEST_PROCESSES_FILE";
    private const string Isolation = "ISOBAR_TEST_ISOLATION";

    [Theory]
    [InlineData("Auto")]
    [InlineData("Plain")]
    public async Task Nothing_outlives_a_killed_host(string isolation)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The kernel's parent-death signal is Linux's.");
        var report = Path.Combine(Directory.CreateTempSubdirectory("isobar-killed-").FullName, "processes");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Local.Tests"),
            ["--filter-method", $"*{nameof(A_host_that_waits_to_be_killed)}", "--explicit", "only"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[ReportFile] = report;
        start.Environment[Isolation] = isolation;

        // What a killed host cannot remove is removed with the report.
        start.Environment["TMPDIR"] = Path.GetDirectoryName(report);
        using var host = Process.Start(start)!;
        var processes = await ReadAsync(report, host);
        Assert.Equal(4, processes.Length);
        Assert.All(processes, process => Assert.True(Gone.Lives(process)));
        Assert.Equal('T', Gone.State(processes[0]));

        host.Kill();
        await host.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Gone.WaitAsync(processes, TimeSpan.FromSeconds(10));
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
    }

    /// <summary>
    /// Not a test but the other process of the test above: environments idle, busy, and with grandchildren.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task A_host_that_waits_to_be_killed()
    {
        if (Environment.GetEnvironmentVariable(ReportFile) is not { } report) return;
        var isolation = Enum.Parse<IsolationChoice>(Environment.GetEnvironmentVariable(Isolation)!);
        await using var probes = await PoolOfProbes.StartAsync(options => options with { Isolation = isolation });
        var idle = await probes.TextAsync(PoolOfProbes.Function("idle"), """{"do":"process"}""");
        var parent = PoolOfProbes.Function("parent");
        var grandchild = await probes.TextAsync(parent, """{"do":"spawn"}""");
        var parentProcess = await probes.TextAsync(parent, """{"do":"process"}""");
        var busy = PoolOfProbes.Function("busy", 600);
        var busyProcess = await probes.TextAsync(busy, """{"do":"process"}""");
        await probes.Journal.WaitForAsync<EnvironmentStepped>(
            step => step is { Effects: "Freeze", FunctionName: "idle" }, PoolOfProbes.Bound);
        var never = probes.Pool.InvokeAsync(
            busy, new InvocationRequest("request", """{"do":"sleep","ms":600000}"""u8.ToArray(), busy.Arn),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            report + ".new", $"{idle} {parentProcess} {grandchild} {busyProcess}", CancellationToken.None);
        File.Move(report + ".new", report);
        await never;
    }

    private static async Task<int[]> ReadAsync(string report, Process host)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(report)!, Path.GetFileName(report));
        watcher.Renamed += (_, _) => written.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (File.Exists(report)) written.TrySetResult();
        await Task.WhenAny(written.Task, host.WaitForExitAsync(limit.Token));
        Assert.True(File.Exists(report), host.HasExited
            ? $"the host ended: {await host.StandardOutput.ReadToEndAsync(limit.Token)}"
            : "the host reported nothing within 30 s");

        var text = await File.ReadAllTextAsync(report, CancellationToken.None);
        return
        [
            .. text.Split(' ').Select(word => int.TryParse(word, out var id) ? id : throw new FormatException(text)),
        ];
    }
}
