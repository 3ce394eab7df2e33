using Isobar.Local.Ownership;

namespace Isobar.Local.Services.EventBridge.Operations;

/// <summary>Deletes an event bus without rules.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, DeleteEventBus.</remarks>
internal static class DeleteEventBus
{
    /// <exception cref="Wire.AwsException">ResourceNotFoundException, ValidationException.</exception>
    public static EmptyResponse Handle(Monitor<EventBridgeState> buses, EventBusRequest request)
    {
        if (request.Name is null) throw EventBridgeErrors.IsNull("name");
        buses.Post((state, _) => state.DeleteBus(Names.BusOf(request.Name)));
        return new EmptyResponse();
    }
}
