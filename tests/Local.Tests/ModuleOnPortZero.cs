using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests;

/// <summary>Serves modules on a free port, with a service clock that tests may jump.</summary>
internal sealed class ModuleOnPortZero : IAsyncDisposable
{
    public const string AccountId = "000000000000";
    public const string Region = "us-east-1";

    private readonly WireServer server;

    private ModuleOnPortZero(WireServer server, World world)
    {
        this.server = server;
        World = world;
    }

    /// <summary>For example <c>http://127.0.0.1:39211</c>.</summary>
    public Uri Address => server.Address;

    public World World { get; }

    public static async Task<ModuleOnPortZero> StartAsync(
        Func<World, IEnumerable<IServiceModule>> make, IRequestGate? gate = null)
    {
        var door = new TaskCompletionSource<FrontDoor>(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = await WireServer.StartAsync(
            async http => await (await door.Task).HandleAsync(http), 0, CancellationToken.None);
        var world = new World(address: server.Address, gate: gate);
        door.SetResult(ServiceRoutes.DoorTo([.. make(world)], world.Context));
        return new ModuleOnPortZero(server, world);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>What every module is given, for one test.</summary>
internal sealed class World
{
    public World(TimeProvider? baseClock = null, Uri? address = null, IRequestGate? gate = null)
    {
        Activity = new Activity();
        Clock = new ServiceClock(baseClock ?? TimeProvider.System, Activity);
        Journal = new Journal(Clock);
        Identifiers = new Identifiers();
        Directory = new ServiceDirectory();
        Context = new ServiceContext(
            Clock, TimeProvider.System, Activity, Journal, Identifiers, Directory, new DeployedStacks(),
            ModuleOnPortZero.Region, ModuleOnPortZero.AccountId, "",
            address ?? new Uri("http://127.0.0.1:4580"))
        {
            Gate = gate,
        };
    }

    /// <summary>What modules are given; one that keeps files needs a DataDirectory of the test's.</summary>
    public ServiceContext Context { get; }

    public Activity Activity { get; }

    public ServiceClock Clock { get; }

    public Journal Journal { get; }

    public Identifiers Identifiers { get; }

    public ServiceDirectory Directory { get; }
}
