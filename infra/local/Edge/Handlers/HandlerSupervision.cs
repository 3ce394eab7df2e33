using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Handlers;

/// <summary>Starts handlers' processes so that none outlives the host, and follows each to its end.</summary>
internal sealed class HandlerSupervision(ServiceClock clock, Journal journal) : IDisposable
{
    private readonly OutputPump pump = new();

    public ProcessLauncher Launcher { get; } = new();

    public Journal Journal => journal;

    public ServiceClock Clock => clock;

    /// <summary>Pumps the process's console into the journal.</summary>
    /// <returns>Completes when the process has ended and all that it wrote is in the journal.</returns>
    public async Task SuperviseAsync(ChildProcess child, string functionName)
    {
        using var console = new Monitor<ConsoleLines>(
            $"console of {functionName}", new ConsoleLines(functionName, child.Id, journal), clock);
        int[] pipes = [child.Output, child.Error];
        foreach (var pipe in pipes) pump.Add(pipe, () => console.Ask((lines, _) => lines.Drain(pipe)));

        var end = await child.WaitForEndAsync();
        foreach (var pipe in pipes)
        {
            pump.Remove(pipe);
            console.Post((lines, _) => lines.Finish(pipe));
        }

        Launcher.Forget(child);
        child.Release();
        journal.Record(new EdgeProcessEnded(functionName, child.Id, end.ExitCode, end.Signal));
    }

    public void Dispose()
    {
        pump.Dispose();
        Launcher.Dispose();
    }
}
