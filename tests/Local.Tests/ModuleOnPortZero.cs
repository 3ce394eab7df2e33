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

    public static async Task<ModuleOnPortZero> StartAsync(Func<World, IEnumerable<IServiceModule>> make)
    {
        var world = new World();
        var services = make(world).ToDictionary(module => module.SigningName, module => module.Wire);
        var door = new FrontDoor(
            services, new Dictionary<string, RequestDelegate>(), AccountId, Region, world.Identifiers, world.Journal);
        return new ModuleOnPortZero(await WireServer.StartAsync(door.HandleAsync, 0, default), world);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>What every module is given, for one test.</summary>
internal sealed class World
{
    public World(TimeProvider? baseClock = null)
    {
        Activity = new Activity();
        Clock = new ServiceClock(baseClock ?? TimeProvider.System, Activity);
        Journal = new Journal(Clock);
        Identifiers = new Identifiers();
        Targets = new TargetDirectory();
    }

    public Activity Activity { get; }

    public ServiceClock Clock { get; }

    public Journal Journal { get; }

    public Identifiers Identifiers { get; }

    public TargetDirectory Targets { get; }
}
