namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>A request that names an event bus and nothing else.</summary>
internal sealed record EventBusRequest(string? Name);

/// <summary>The answer of operations that return nothing.</summary>
internal sealed record EmptyResponse;

/// <summary>An event bus as it is shown; times in seconds since 1970.</summary>
internal sealed record EventBusShape(
    string Name, string Arn, string? Description, double CreationTime, double LastModifiedTime)
{
    public static EventBusShape Of(BusView bus)
    {
        var created = bus.Created.ToUnixTimeMilliseconds() / 1_000.0;
        return new EventBusShape(bus.Name, bus.Arn, bus.Description, created, created);
    }
}
