using Isobar.Stories.Telemetry;

namespace Isobar.Benchmarks.Telemetry;

/// <summary>A host whose bucket can be made to stall.</summary>
internal sealed class StallableHost : IAsyncDisposable
{
    private StallableHost(StallingDoor door, TelemetryHost host)
    {
        Door = door;
        Host = host;
    }

    public StallingDoor Door { get; }

    public TelemetryHost Host { get; }

    public static async Task<StallableHost> StartAsync()
    {
        var door = new StallingDoor();
        var host = await TelemetryHost.StartAsync(Checkout.Root, Checkout.Configuration, door.Address);
        door.Target = host.Host.Address;
        return new StallableHost(door, host);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Door.DisposeAsync();
    }
}
