using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Tests.Lambda.Processes;

public sealed class ProcessLauncherTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private readonly ProcessLauncher launcher = new();

    public void Dispose() => launcher.Dispose();

    [Fact]
    public async Task A_child_has_a_session_and_a_process_group_of_its_own()
    {
        var child = await StartAsync("echo ready; exec sleep 1000");
        WaitForOutput(child);
        var stat = (await File.ReadAllTextAsync($"/proc/{child.Id}/stat", TestContext.Current.CancellationToken))
            .Split(") ")[1].Split(' ');
        child.Kill();
        Assert.Equal([child.Id.ToString(), child.Id.ToString()], stat[2..4]);
        Assert.Equal(new ProcessEnd(137, "killed"), await child.WaitForEndAsync().WaitAsync(Bound));
    }

    [Fact]
    public async Task A_stopped_child_hears_that_it_is_to_end()
    {
        var child = await StartAsync("trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done");
        WaitForOutput(child);
        child.Stop();
        child.Terminate();
        Assert.Equal(new ProcessEnd(7, null), await child.WaitForEndAsync().WaitAsync(Bound));
    }

    [Fact]
    public async Task A_child_that_ignores_SIGTERM_is_killed_with_everything_it_started()
    {
        var child = await StartAsync("trap '' TERM; sleep 1000 & echo $!; wait");
        var grandchild = int.Parse(WaitForOutput(child));
        child.Terminate();
        child.Kill();
        Assert.Equal("killed", (await child.WaitForEndAsync().WaitAsync(Bound)).Signal);
        await Gone.WaitAsync([grandchild], Bound);
    }

    [Fact]
    public async Task What_a_child_leaves_behind_ends_with_it()
    {
        var child = await StartAsync("sleep 1000 & echo $!; exit 3");
        var grandchild = int.Parse(WaitForOutput(child));
        Assert.Equal(new ProcessEnd(3, null), await child.WaitForEndAsync().WaitAsync(Bound));
        await Gone.WaitAsync([grandchild], Bound);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_the_shells_status()
    {
        var child = await launcher.StartAsync(new ProcessStart(
            "/nowhere/at/all", [], "/", new Dictionary<string, string>()));
        Assert.Equal(127, (await child.WaitForEndAsync().WaitAsync(Bound)).ExitCode);
    }

    private Task<ChildProcess> StartAsync(string script) => launcher.StartAsync(new ProcessStart(
        "/bin/sh", ["-c", script], "/", new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" }));

    private static string WaitForOutput(ChildProcess child)
    {
        Libc.WaitReadable([new Libc.PollEntry { Descriptor = child.Output, Events = Libc.PollIn }]);
        Span<byte> buffer = stackalloc byte[64];
        return System.Text.Encoding.ASCII.GetString(buffer[..Libc.ReadAvailable(child.Output, buffer)]);
    }
}
