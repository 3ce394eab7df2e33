using Isobar.Local.Lambda.Processes;

namespace Isobar.Stories.HostLife;

/// <summary>However the host ends, nothing of it stays.</summary>
public sealed class EndStories
{
    [Theory]
    [InlineData(Libc.SignalTerminate)]
    [InlineData(Libc.SignalInterrupt)]
    [InlineData(Libc.SignalHangUp)]
    public async Task A_host_that_is_asked_to_end_leaves_no_process_and_no_data(int signal)
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        // A shell starts its background jobs with SIGINT ignored, nohup with SIGHUP; what they start inherits that.
        if (signal != Libc.SignalTerminate && ProcessTable.Ignores(host.Id, signal))
            Assert.Skip($"This test run was started with signal {signal} ignored, and so was its host.");
        var processes = await FrozenAsync(host, address);

        host.Signal(signal);

        Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
        await ProcessTable.UntilAsync(() => !processes.Any(ProcessTable.Lives), "a process outlived the host");
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
    }

    [Fact]
    public async Task A_host_that_is_asked_to_end_while_it_starts_leaves_no_data()
    {
        await using var host = HostProcess.Start("up", "--port", "0", "--edge-port", "0", "--no-build");
        await ProcessTable.UntilAsync(
            () => Directory.EnumerateDirectories(host.Temporary).Any(), "it made no folder");

        host.Signal(Libc.SignalTerminate);

        Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
        Assert.DoesNotContain("Isobar is up", host.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
    }

    [Fact]
    public async Task A_host_that_is_asked_to_end_at_work_ends_as_well()
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        using var history = new MemoryStream();
        Samples.History.Write(history);
        history.Position = 0;
        await new Landings(stack).PutAsync("work.csv", history);

        // The host's guardian always runs; whatever runs beside it is a function that starts or works.
        await ProcessTable.UntilAsync(
            () => ProcessTable.Below(host.Id).Count(process => !ProcessTable.IsStopped(process)) > 1,
            "nothing is at work");
        var processes = ProcessTable.Below(host.Id);

        host.Signal(Libc.SignalTerminate);

        Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
        await ProcessTable.UntilAsync(() => !processes.Any(ProcessTable.Lives), "a process outlived the host");
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
    }

    [Fact]
    public async Task A_host_that_is_killed_leaves_no_process_not_even_a_stopped_one()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The kernel's parent-death signal is Linux's.");
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        var processes = await FrozenAsync(host, address);

        host.Signal(Libc.SignalKill);

        await host.EndAsync();
        await ProcessTable.UntilAsync(() => !processes.Any(ProcessTable.Lives), "a process outlived the host");
    }

    [Fact]
    public async Task A_host_whose_output_nobody_reads_any_more_ends_and_leaves_nothing()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux is known to tell when a pipe's reader has gone.");
        await using var host = HostProcess.UpIn("\"$@\" | head -2");
        var address = await host.AddressAsync();

        // The shell ends when both ends of its pipe have.
        Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(address, "_isobar/clock")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Temporary));
    }

    [Fact]
    public async Task A_host_that_nohup_started_stays_when_its_terminal_is_closed()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Linux tells which signals a process ignores.");
        await using var host = HostProcess.UpIn("trap '' HUP; exec \"$@\"");
        var address = await host.AddressAsync();

        host.Signal(Libc.SignalHangUp);

        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        await stack.Calls.InvokeAsync(stack.NameOf("RemediateFunction"), "{}", "RequestResponse");
        host.Signal(Libc.SignalTerminate);
        Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
    }

    [Fact]
    public async Task What_a_killed_host_left_is_removed_by_the_next_start_and_what_lives_is_not()
    {
        var shared = Directory.CreateTempSubdirectory("isobar-story-").FullName;
        var surroundings = new HostSurroundings(shared);
        var (killed, _) = await HostProcess.UpAsync(surroundings);
        killed.Signal(Libc.SignalKill);
        await killed.EndAsync();
        var left = Assert.Single(Folders());

        var (first, _) = await HostProcess.UpAsync(surroundings);
        var live = Assert.Single(Folders());
        var (second, _) = await HostProcess.UpAsync(surroundings);

        Assert.NotEqual(left, live);
        Assert.Contains(live, Folders());
        Assert.Equal(2, Folders().Length);
        foreach (var host in (HostProcess[])[first, second])
        {
            host.Signal(Libc.SignalTerminate);
            Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
            await host.DisposeAsync();
        }

        Assert.Empty(Folders());
        await killed.DisposeAsync();
        Directory.Delete(shared, recursive: true);

        string[] Folders() => Directory.GetDirectories(shared, "isobar-*");
    }

    // A file through the application: Intake and Transform are warm, and stopped as soon as they are idle.
    private static async Task<IReadOnlyList<int>> FrozenAsync(HostProcess host, Uri address)
    {
        using var stack = await DeployedStack.FindAsync(address, "us-east-1", "isobar");
        var landings = new Landings(stack);
        var landed = await landings.PutSampleAsync("life.csv", "XIW00000001.csv");
        using var limit = new CancellationTokenSource(HostProcess.Bound);
        while (await landings.JobsAsync(landed) is not [{ State: "finished" }]) await Task.Delay(20, limit.Token);
        await ProcessTable.UntilAsync(
            () => ProcessTable.Below(host.Id).Count(ProcessTable.IsStopped) >= 2,
            "the idle environments were not stopped");
        return ProcessTable.Below(host.Id);
    }
}
