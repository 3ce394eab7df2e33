using Isobar.Local.History;
using Isobar.Local.Lambda.Apis;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Environments;

/// <summary>How this host runs environments.</summary>
/// <param name="EndpointUrl">The host's AWS endpoint, given to processes as <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="ScratchDirectory">Where each environment gets a directory of its own for <c>/tmp</c>.</param>
internal sealed record EnvironmentOptions(string? EndpointUrl, string ScratchDirectory)
{
    /// <summary>How environments are to be kept apart.</summary>
    public IsolationChoice Isolation { get; init; }

    /// <summary>Bounds the environments, and so the processes, of the whole host.</summary>
    public PoolLimits Pool { get; init; } = new();

    /// <summary>
    /// Idle time after which an environment's processes are stopped, as AWS freezes them; null leaves them running.
    /// The moment's delay spares a busy environment the two signals an invocation.
    /// </summary>
    public TimeSpan? FreezeAfter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What environments see as <c>/var/runtime</c>; null where no function needs it.</summary>
    public string? RuntimeDirectory { get; init; }

    /// <summary>What this machine has for runtimes of languages; null for nothing.</summary>
    public LanguageRuntimes? Languages { get; init; }

    /// <summary>How long an init phase may take; tests shorten it.</summary>
    public TimeSpan InitBound { get; init; } = Limits.StandardInit;
}

/// <summary>What all environments of a host share.</summary>
/// <param name="Endpoint">Serves the AWS endpoint where an environment has it on a socket of its own.</param>
/// <param name="LogSinks">Where the lines of the functions' logs go.</param>
/// <param name="RealTime">A clock that is never jumped: deadlines are promises to real processes.</param>
internal sealed record EnvironmentTools(
    EnvironmentOptions Options,
    ProcessLauncher Launcher,
    OutputPump Pump,
    RuntimeApiTransport Transport,
    Isolation Isolation,
    SocketTransport? Endpoint,
    Journal Journal,
    ILogSink LogSinks,
    ServiceClock RealTime,
    Identifiers Identifiers);
