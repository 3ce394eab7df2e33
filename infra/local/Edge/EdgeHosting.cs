using System.Reflection;
using Isobar.Local.Deployment;
using Isobar.Local.Edge.AccessLogs;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Edge.Requests;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Edge;

/// <summary>How the local distribution is started.</summary>
/// <param name="Template">For example <c>infra/stacks/edge.yaml</c>.</param>
/// <param name="Parts">What services add to templates.</param>
/// <param name="Parameters">Values for its parameters, by name; others are passed over.</param>
/// <param name="Port">0 for any free one.</param>
/// <param name="Directory">For sockets and code; a folder of this host alone.</param>
/// <param name="Endpoint">The host's AWS endpoint.</param>
internal sealed record EdgeOptions(
    TemplateSource Template, StackIdentity Identity, TemplateParts Parts,
    IReadOnlyDictionary<string, string> Parameters, int Port, Interpreters Interpreters, string Directory, Uri Endpoint)
{
    public FunctionLimits Limits { get; init; } = FunctionLimits.Strict;

    public BindAddress Bind { get; init; }
}

/// <summary>A running local distribution.</summary>
internal sealed class EdgeHosting : IAsyncDisposable
{
    private readonly Stack<IDisposable> toStop = new();
    private readonly Dictionary<string, HandlerPool> pools = new(StringComparer.Ordinal);
    private WireServer? server;

    private EdgeHosting(DeployedStack stack) => Stack = stack;

    /// <summary>For example <c>http://127.0.0.1:4581</c>.</summary>
    public Uri Address => server!.Address;

    public DeployedStack Stack { get; }

    /// <summary>The distribution, for CloudFront's API.</summary>
    public ServedDistribution Served { get; private set; } = null!;

    /// <summary>Deploys the edge stack and starts to listen; handlers' processes start with the first events.</summary>
    /// <exception cref="DeploymentException">The template can't be deployed here.</exception>
    /// <exception cref="PortException">The port is taken.</exception>
    /// <exception cref="MissingInterpreterException">This machine can't run one of the functions.</exception>
    public static async Task<EdgeHosting> StartAsync(
        EdgeOptions options, ServiceClock clock, Activity activity, Journal journal, Identifiers identifiers,
        CancellationToken cancellationToken)
    {
        var (distribution, stack) = await EdgeStack.DeployAsync(
            options.Template, options.Parameters, options.Identity, options.Parts, options.Limits, clock.GetUtcNow(),
            cancellationToken);
        var hosting = new EdgeHosting(stack);
        try
        {
            await hosting.StartPoolsAsync(options, distribution, clock, journal, cancellationToken);
            var cache = hosting.Kept(new Monitor<EdgeCache>("edge cache", new EdgeCache(), clock));
            hosting.Served = new ServedDistribution(
                distribution, clock.GetUtcNow(), cache,
                hosting.Kept(new Monitor<InvalidationState>("edge invalidations", new InvalidationState(), clock)),
                journal);
            var origin = hosting.Kept(new Origin(options.Endpoint, clock));
            var functions = new EdgeFunctions(distribution, hosting.pools, options.Limits, journal);
            var objects = new ObjectSource(new OriginFetch(distribution, origin, functions, clock), cache, clock);
            var log = distribution.Log is { } settings
                ? hosting.Kept(new AccessLog(distribution, settings, origin, clock, identifiers, journal))
                : null;
            var requests = new Distribution(
                distribution, functions, new AnswerMaker(distribution, functions, objects), log, activity, identifiers,
                clock, journal);
            hosting.server = await WireServer.StartAsync(
                requests.HandleAsync, options.Port, cancellationToken, options.Bind);
            return hosting;
        }
        catch
        {
            await hosting.DisposeAsync();
            throw;
        }
    }

    /// <summary>Answers no more viewers, then ends the handlers' processes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        foreach (var pool in pools.Values) await pool.DisposeAsync();
        while (toStop.TryPop(out var part)) part.Dispose();
    }

    private async Task StartPoolsAsync(
        EdgeOptions options, DistributionSettings distribution, ServiceClock clock, Journal journal,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        var node = await WriteRunnerAsync("runner.mjs", options.Directory, cancellationToken);
        var python = await WriteRunnerAsync("runner.py", options.Directory, cancellationToken);
        var supervision = Kept(new HandlerSupervision(clock, journal));
        foreach (var function in distribution.Functions)
        {
            var folder = Path.Combine(options.Directory, $"{pools.Count}");
            var code = CodeCopy.Make(function.CodeDirectory, Path.Combine(folder, "code"));
            var settings = function.IsPython
                ? new HandlerSettings(function, PythonOf(options), python, code, folder)
                : new HandlerSettings(function, options.Interpreters.Node, node, code, folder);
            pools[function.Name] = new HandlerPool(settings, supervision, clock);
        }
    }

    private static string PythonOf(EdgeOptions options) => options.Interpreters.Python
        ?? throw new MissingInterpreterException("there is no Python on the PATH, and an edge function needs it");

    private static async Task<string> WriteRunnerAsync(
        string name, string directory, CancellationToken cancellationToken)
    {
        var runner = Path.Combine(directory, name);
        await using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        await using var file = File.Create(runner);
        await script.CopyToAsync(file, cancellationToken);
        return runner;
    }

    private T Kept<T>(T part)
        where T : IDisposable
    {
        toStop.Push(part);
        return part;
    }
}
