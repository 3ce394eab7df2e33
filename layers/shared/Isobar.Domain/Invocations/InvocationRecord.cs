using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Domain;

/// <summary>What Lambda tells a destination of an event that a function handled or that Lambda gave up.</summary>
/// <typeparam name="TPayload">What the function answers.</typeparam>
/// <param name="Timestamp">When the event was done with.</param>
/// <param name="RequestPayload">The event itself.</param>
/// <param name="ResponsePayload">The answer, or the error; null where the function never ran.</param>
/// <remarks>
/// Source: AWS Lambda Developer Guide, retaining records of asynchronous invocations. Named member by member: Lambda's
/// serializer brings a naming policy of its own.
/// </remarks>
public sealed record InvocationRecord<TPayload>(
    [property: JsonPropertyName("timestamp")] DateTimeOffset Timestamp,
    [property: JsonPropertyName("requestContext")] InvocationContext? RequestContext,
    [property: JsonPropertyName("requestPayload")] JsonElement RequestPayload,
    [property: JsonPropertyName("responsePayload")] TPayload? ResponsePayload);

/// <param name="Condition"><see cref="Success"/>, or why Lambda gave the event up.</param>
public sealed record InvocationContext([property: JsonPropertyName("condition")] string? Condition)
{
    public const string Success = "Success";
}
