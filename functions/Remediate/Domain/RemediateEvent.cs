using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Domain;
using Isobar.Imports;

namespace Isobar.Remediate;

/// <summary>
/// The invocation record of an event of Import that Lambda gave up, or a request to resend one, <c>resend</c>, or a
/// request to resend a batch of readings that Live failed on, <c>resendBatch</c>.
/// </summary>
/// <param name="Resend">The id of the import to resend.</param>
public sealed record RemediateEvent(
    [property: JsonPropertyName("resend")] string? Resend,
    [property: JsonPropertyName("requestContext")] InvocationContext? RequestContext,
    [property: JsonPropertyName("requestPayload")] JsonElement RequestPayload,
    [property: JsonPropertyName("responsePayload")] FunctionError? ResponsePayload)
{
    /// <summary>
    /// Characters of an event that is kept. The API's events have about 100; a DynamoDB item holds 400 KB.
    /// </summary>
    public const int MaxEventLength = 4_096;

    private const int MaxReasonLength = 1_000;

    /// <summary>The key of the object in the data bucket with the batch to resend.</summary>
    [JsonPropertyName("resendBatch")]
    public string? ResendBatch { get; init; }

    /// <exception cref="InvalidDataException">It is not the invocation record of a failed import.</exception>
    public ImportFailure ToFailure()
    {
        if (RequestContext is not { Condition: { Length: > 0 } condition and not InvocationContext.Success }
            || RequestPayload.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException(
                "The event has neither resend, resendBatch nor the invocation record of a failure.");
        var kept = RequestPayload.GetRawText();
        if (kept.Length > MaxEventLength)
            throw new InvalidDataException($"The failed event has {kept.Length} characters, over {MaxEventLength}.");
        var import = RequestPayload.Deserialize(RemediateJson.Default.ImportEvent);
        if (import is not { ImportId: { Length: > 0 } id })
            throw new InvalidDataException("The failed event has no import id.");
        return new ImportFailure(id, import.Station ?? "", ReasonFor(condition), kept);
    }

    // Without a response the function did not run: only Lambda's condition says why.
    private string ReasonFor(string condition)
    {
        var reason = ResponsePayload?.ErrorMessage is { Length: > 0 } message ? message : condition;
        return reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength] + "…";
    }
}

/// <summary>The error that a function returned. Source: AWS Lambda Developer Guide, errors of the runtime.</summary>
public sealed record FunctionError([property: JsonPropertyName("errorMessage")] string? ErrorMessage);

/// <summary>The part of Import's event that names the import.</summary>
public sealed record ImportEvent(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("station")] string? Station);

/// <summary>What Remediate did.</summary>
/// <param name="ImportId">Null where it is about a batch.</param>
/// <param name="Action">recorded, landed-before, resent or not-failed.</param>
public sealed record Remedy(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("action")] string Action)
{
    /// <summary>The key of the batch that was resent.</summary>
    [JsonPropertyName("batch")]
    public string? Batch { get; init; }

    /// <summary>How many records of the batch the stream has taken.</summary>
    [JsonPropertyName("records")]
    public int? Records { get; init; }
}
