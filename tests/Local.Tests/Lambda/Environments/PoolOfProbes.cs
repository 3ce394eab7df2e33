using System.Text;
using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Lambda;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>A pool whose functions are the Probe, in real processes.</summary>
internal sealed class PoolOfProbes : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly string scratch = Directory.CreateTempSubdirectory("isobar-environments-").FullName;
    private LambdaHosting? hosting;

    private PoolOfProbes()
    {
        Activity = new Activity();
        Clock = new ServiceClock(TimeProvider.System, Activity);
        Journal = new Journal(Clock);
    }

    /// <summary>Where the build puts the Probe: beside these tests, in the same configuration.</summary>
    public static string ProbeDirectory { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Probe", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'))));

    public Journal Journal { get; }

    public Activity Activity { get; }

    public ServiceClock Clock { get; }

    public IEnvironmentPool Pool => hosting!.Pool;

    public LogFeed Log => hosting!.Log;

    /// <summary>Starts with namespaces where the system allows them, unless the change says otherwise.</summary>
    public static async Task<PoolOfProbes> StartAsync(
        Func<EnvironmentOptions, EnvironmentOptions>? change = null, SocketTransport? endpoint = null)
    {
        var probes = new PoolOfProbes();

        // The grace is long, so that a busy machine never makes one caller's invocations run in two environments.
        var options = new EnvironmentOptions("http://127.0.0.1:4580", probes.scratch)
        {
            Pool = new PoolLimits { AnsweredGrace = TimeSpan.FromSeconds(10) },
        };
        probes.hosting = await LambdaHosting.StartAsync(
            change?.Invoke(options) ?? options,
            new ServiceContext(
                probes.Clock, TimeProvider.System, probes.Activity, probes.Journal, new Identifiers(),
                new ServiceDirectory(), new DeployedStacks(), ModuleOnPortZero.Region, ModuleOnPortZero.AccountId, "",
                new Uri("http://127.0.0.1:4580")),
            endpoint);
        return probes;
    }

    public static FunctionConfiguration Function(
        string name = "probe", int timeoutSeconds = 10, int memoryMb = 512,
        params (string Name, string Value)[] variables) =>
        new(name, "$LATEST", $"arn:aws:lambda:us-east-1:000000000000:function:{name}", "Probe", "dotnet10",
            ProbeDirectory, "sha", memoryMb, TimeSpan.FromSeconds(timeoutSeconds),
            variables.ToDictionary(variable => variable.Name, variable => variable.Value), "us-east-1", "000000000000")
        {
            Credentials = new RoleCredentials("key", "secret", "token"),
        };

    public async Task<InvocationOutcome> InvokeAsync(
        FunctionConfiguration function, string payload, bool tail = false) =>
        await Pool.InvokeAsync(
            function,
            new InvocationRequest(
                Guid.NewGuid().ToString(), Encoding.UTF8.GetBytes(payload), function.Arn,
                TraceId: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0")
            {
                LogTail = tail,
            },
            CancellationToken.None).AsTask().WaitAsync(Bound);

    public async Task<string> TextAsync(FunctionConfiguration function, string payload)
    {
        var outcome = await InvokeAsync(function, payload);
        var text = Encoding.UTF8.GetString(outcome.Payload.Span);
        Assert.True(outcome.FunctionError is null, $"{text}\n{Journal.Tail(40)}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        await hosting!.DisposeAsync().AsTask().WaitAsync(Bound);
        Directory.Delete(scratch, recursive: true);
    }
}
