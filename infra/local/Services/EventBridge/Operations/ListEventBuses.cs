using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record ListEventBusesRequest(string? NamePrefix, int? Limit, string? NextToken);

internal sealed record ListEventBusesResponse(List<EventBusShape> EventBuses, string? NextToken);

/// <summary>Lists the event buses by name.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, ListEventBuses.</remarks>
internal static class ListEventBuses
{
    public static ListEventBusesResponse Handle(Monitor<EventBridgeState> buses, ListEventBusesRequest request)
    {
        var all = buses.Ask((state, _) => state.Buses.ToList());
        var page = Page.Of(all, bus => bus.Name, request.NamePrefix, request.Limit, request.NextToken);
        return new ListEventBusesResponse(page.Items.ConvertAll(EventBusShape.Of), page.Next);
    }
}
