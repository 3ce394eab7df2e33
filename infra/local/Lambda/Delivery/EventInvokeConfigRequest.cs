using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>The body of PutFunctionEventInvokeConfig and UpdateFunctionEventInvokeConfig.</summary>
internal sealed record EventInvokeConfigRequest(
    int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, DestinationConfigShape? DestinationConfig)
{
    /// <exception cref="AwsException">InvalidRequestContentException: the body is not this JSON.</exception>
    public static async ValueTask<EventInvokeConfigSettings> ReadAsync(RestRequest request)
    {
        var body = await JsonBody.ReadAsync(request, EventInvokeConfigJson.Wire.EventInvokeConfigRequest);
        return new EventInvokeConfigSettings
        {
            MaximumRetryAttempts = body.MaximumRetryAttempts,
            MaximumEventAgeInSeconds = body.MaximumEventAgeInSeconds,
            HasDestinations = body.DestinationConfig is not null,
            // A destination that is given without an ARN is none from then on.
            OnSuccess = body.DestinationConfig?.OnSuccess is { } success ? success.Destination ?? "" : null,
            OnFailure = body.DestinationConfig?.OnFailure is { } failure ? failure.Destination ?? "" : null,
        };
    }
}

internal sealed record DestinationConfigShape(DestinationShape? OnSuccess, DestinationShape? OnFailure);

internal sealed record DestinationShape(string? Destination);

/// <summary>The types of those requests.</summary>
[JsonSerializable(typeof(EventInvokeConfigRequest))]
internal sealed partial class EventInvokeConfigJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static EventInvokeConfigJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
