using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>Shows an event bus; the default one when none is named.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, DescribeEventBus.</remarks>
internal static class DescribeEventBus
{
    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public static EventBusShape Handle(Monitor<EventBridgeState> buses, EventBusRequest request) =>
        EventBusShape.Of(buses.Ask((state, _) => state.DescribeBus(Names.BusOf(request.Name))));
}
