using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record CreateEventBusRequest(string? Name, string? Description);

internal sealed record CreateEventBusResponse(string EventBusArn, string? Description);

/// <summary>Creates an event bus.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, CreateEventBus.</remarks>
internal static class CreateEventBus
{
    /// <exception cref="AwsException">ValidationException, ResourceAlreadyExistsException,
    /// LimitExceededException.</exception>
    public static CreateEventBusResponse Handle(
        Monitor<EventBridgeState> buses, CreateEventBusRequest request, CallScope scope)
    {
        var name = Check(request.Name, request.Description);
        var arn = Names.BusArn("aws", scope.Region, scope.AccountId, name);
        buses.Post((state, now) => state.CreateBus(name, arn, request.Description, now));
        return new CreateEventBusResponse(arn, request.Description);
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static string Check(string? name, string? description)
    {
        if (description?.Length > EventBridgeLimits.MaxDescriptionLength)
        {
            throw EventBridgeErrors.Constraint(
                $"'{description}'", "description", "Member must have length less than or equal to 512");
        }

        Names.Check(name, "name", EventBridgeLimits.MaxBusNameLength, also: "/");
        // A name with a slash is that of a partner's bus, which only partners can create.
        return !name!.Contains('/') ? name : throw EventBridgeErrors.Validation($"Event bus name {name} is not valid.");
    }
}
