using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Domain;

/// <summary>What Lambda sends to a destination, for an event that succeeded or that Lambda gave up.</summary>
/// <typeparam name="TPayload">The function's response.</typeparam>
/// <param name="Timestamp">When the event succeeded or was given up.</param>
/// <param name="RequestPayload">The event itself.</param>
/// <param name="ResponsePayload">The response or the error; null if the function did not run.</param>
/// <remarks>
/// Source: AWS Lambda Developer Guide, retaining records of asynchronous invocations. Each member has its name,
/// because Lambda's serializer ignores our naming policy.
/// </remarks>
public sealed record InvocationRecord<TPayload>(
    [property: JsonPropertyName("timestamp")] DateTimeOffset Timestamp,
    [property: JsonPropertyName("requestContext")] InvocationContext? RequestContext,
    [property: JsonPropertyName("requestPayload")] JsonElement RequestPayload,
    [property: JsonPropertyName("responsePayload")] TPayload? ResponsePayload);

/// <param name="Condition"><see cref="Success"/>, or the reason why Lambda gave the event up.</param>
public sealed record InvocationContext([property: JsonPropertyName("condition")] string? Condition)
{
    public const string Success = "Success";
}
