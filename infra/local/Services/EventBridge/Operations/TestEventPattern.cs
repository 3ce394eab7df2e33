using System.Text.Json;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record TestEventPatternRequest(string? EventPattern, string? Event);

internal sealed record TestEventPatternResponse(bool Result);

/// <summary>Says whether an event matches a pattern.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, TestEventPattern.</remarks>
internal static class TestEventPattern
{
    /// <exception cref="Wire.AwsException">InvalidEventPatternException, ValidationException.</exception>
    public static TestEventPatternResponse Handle(TestEventPatternRequest request)
    {
        if (request.EventPattern is null) throw EventBridgeErrors.IsNull("eventPattern");
        if (request.Event is null) throw EventBridgeErrors.IsNull("event");
        var pattern = PutRule.ReadPattern(request.EventPattern);
        try
        {
            using var document = JsonDocument.Parse(request.Event);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new TestEventPatternResponse(pattern.Matches(document.RootElement));
        }
        catch (JsonException)
        {
        }

        throw EventBridgeErrors.Validation("Parameter Event is not valid.");
    }
}
