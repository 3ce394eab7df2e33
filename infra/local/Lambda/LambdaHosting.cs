using Isobar.Local.Lambda.Apis;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda;

/// <summary>
/// What all execution environments share: the launcher, the output pump, the Runtime API's server, the pool.
/// </summary>
internal sealed class LambdaHosting : IAsyncDisposable
{
    private readonly ProcessLauncher launcher;
    private readonly OutputPump pump = new();
    private readonly RuntimeApiServer server;
    private readonly Isolation isolation;
    private readonly EnvironmentPool pool;
    private readonly LogSinks sinks;

    private LambdaHosting(
        ProcessLauncher launcher, Isolation isolation, RuntimeApiServer server, EnvironmentOptions options,
        ServiceContext context, SocketTransport? endpoint)
    {
        this.launcher = launcher;
        this.isolation = isolation;
        this.server = server;
        Log = new LogFeed(context.Clock);
        sinks = new LogSinks(
            new JournalLogSink(context.Journal), new EmbeddedMetricSink(context.Metrics, context.Clock), Log);
        // Deadlines are promises to real processes: this clock shares nothing with the one that jumps.
        var realTime = new ServiceClock(TimeProvider.System, new Activity());
        var tools = new EnvironmentTools(
            options, launcher, pump, server.Transport, isolation, endpoint, context.Journal,
            sinks, realTime, context.Identifiers);
        pool = new EnvironmentPool(tools, context.Clock, context.Activity);
    }

    public IEnvironmentPool Pool => pool;

    /// <summary>The lines of the functions' logs, for those who follow them.</summary>
    public LogFeed Log { get; }

    /// <summary>Hands the lines of the functions' logs to a sink too, from now on.</summary>
    public void Attach(ILogSink sink) => sinks.Add(sink);

    /// <summary>One line about how environments are kept apart, for the host's start.</summary>
    public string IsolationDescription => isolation.Description;

    /// <param name="endpoint">The AWS endpoint's server, for environments that need it on their own socket.</param>
    /// <exception cref="IsolationUnavailableException">Namespaces were asked for and can't be had.</exception>
    public static async Task<LambdaHosting> StartAsync(
        EnvironmentOptions options, ServiceContext context, SocketTransport? endpoint)
    {
        var launcher = new ProcessLauncher();
        try
        {
            int? port = endpoint is not null && options.EndpointUrl is { } url ? new Uri(url).Port : null;
            var isolation = Isolation.Choose(
                options.Isolation, launcher, port, Path.Combine(options.ScratchDirectory, "trial"));
            options = options with
            {
                RuntimeDirectory = RuntimeFolder.Create(Path.Combine(options.ScratchDirectory, "runtime")),
            };
            return new LambdaHosting(
                launcher, isolation, await RuntimeApiServer.StartAsync(), options, context, endpoint);
        }
        catch
        {
            launcher.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pool.DrainAsync();
        await server.DisposeAsync();
        pump.Dispose();
        launcher.Dispose();
    }
}
