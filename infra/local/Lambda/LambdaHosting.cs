using Isobar.Local.Lambda.Apis;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda;

/// <summary>
/// What execution environments stand on: the launcher, the output pump, the Runtime API's server, the pool.
/// </summary>
internal sealed class LambdaHosting : IAsyncDisposable
{
    private readonly ProcessLauncher launcher = new();
    private readonly OutputPump pump = new();
    private readonly RuntimeApiServer server;
    private readonly EnvironmentPool pool;

    private LambdaHosting(
        RuntimeApiServer server, EnvironmentOptions options, ServiceClock clock, Activity activity,
        History.Journal journal, Identifiers identifiers)
    {
        this.server = server;
        // Deadlines are promises to real processes: this clock shares nothing with the one that jumps.
        var realTime = new ServiceClock(TimeProvider.System, new Activity());
        var tools = new EnvironmentTools(options, launcher, pump, server.Transport, journal, realTime, identifiers);
        pool = new EnvironmentPool(tools, clock, activity);
    }

    public IEnvironmentPool Pool => pool;

    public static async Task<LambdaHosting> StartAsync(
        EnvironmentOptions options, ServiceClock clock, Activity activity, History.Journal journal,
        Identifiers identifiers) =>
        new(await RuntimeApiServer.StartAsync(), options, clock, activity, journal, identifiers);

    public async ValueTask DisposeAsync()
    {
        await pool.DrainAsync();
        await server.DisposeAsync();
        pump.Dispose();
        launcher.Dispose();
    }
}
