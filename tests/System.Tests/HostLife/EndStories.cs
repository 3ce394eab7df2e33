using Isobar.Local.Lambda.Processes;

namespace Isobar.Stories.HostLife;

/// <summary>However the host ends, nothing of it stays.</summary>
public sealed class EndStories
{
    private const int Interrupt = 2;

    [Theory]
    [InlineData(Libc.SignalTerminate)]
    [InlineData(Interrupt)]
    public async Task A_host_that_is_asked_to_end_leaves_no_process_and_no_data(int signal)
    {
        var (host, address) = await HostProcess.UpAsync();
        await using var _ = host;
        var processes = await FrozenAsync(host, address);

        host.Signal(signal);

        Assert.Equal((0, ""), (await host.EndAsync(), host.Errors));
        await ProcessTable.UntilAsync(() => !processes.Any(ProcessTable.Lives), "a process outlived the host");
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
