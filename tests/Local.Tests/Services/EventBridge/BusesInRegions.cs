namespace Isobar.Local.Tests.Services.EventBridge;

internal sealed class BusesInRegions : IRegionalService
{
    public string SigningName => "events";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "AWSEvents.CreateEventBus", $$"""{"Name":"{{name}}"}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, "AWSEvents.ListEventBuses", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "AWSEvents.DeleteEventBus", $$"""{"Name":"{{name}}"}""", region);
}
