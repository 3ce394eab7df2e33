using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Domain;
using Isobar.Imports;

namespace Isobar.Remediate;

/// <summary>
/// Either the invocation record of an import that Lambda gave up, or the wish to send one again: <c>resend</c>.
/// </summary>
/// <param name="Resend">The import to send again.</param>
public sealed record RemediateEvent(
    [property: JsonPropertyName("resend")] string? Resend,
    [property: JsonPropertyName("requestContext")] InvocationContext? RequestContext,
    [property: JsonPropertyName("requestPayload")] JsonElement RequestPayload,
    [property: JsonPropertyName("responsePayload")] FunctionError? ResponsePayload)
{
    /// <summary>
    /// Characters of an event that is kept. One of the API has about 100; no item should be filled by another.
    /// </summary>
    public const int MaxEventLength = 4_096;

    private const int MaxReasonLength = 1_000;

    /// <exception cref="InvalidDataException">It is no record of an import that Lambda gave up.</exception>
    public ImportFailure ToFailure()
    {
        if (RequestContext is not { Condition: { Length: > 0 } condition and not InvocationContext.Success }
            || RequestPayload.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("The event is neither a resend nor the record of a failure.");
        var kept = RequestPayload.GetRawText();
        if (kept.Length > MaxEventLength)
            throw new InvalidDataException($"The failed event has {kept.Length} characters; it is no import's.");
        var import = RequestPayload.Deserialize(RemediateJson.Default.ImportEvent);
        if (import is not { ImportId: { Length: > 0 } id })
            throw new InvalidDataException("The failed event has no import id.");
        return new ImportFailure(id, import.Station ?? "", ReasonFor(condition), kept);
    }

    // Without an answer the function never ran, and only Lambda's own word is left.
    private string ReasonFor(string condition)
    {
        var reason = ResponsePayload?.ErrorMessage is { Length: > 0 } message ? message : condition;
        return reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength] + "…";
    }
}

/// <summary>What a function fails with. Source: AWS Lambda Developer Guide, errors of the runtime.</summary>
public sealed record FunctionError([property: JsonPropertyName("errorMessage")] string? ErrorMessage);

/// <summary>The event of Import, as far as it says which import failed.</summary>
public sealed record ImportEvent(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("station")] string? Station);

/// <summary>What Remediate did.</summary>
/// <param name="Action">recorded, landed-before, resent or not-failed.</param>
public sealed record Remedy(
    [property: JsonPropertyName("importId")] string ImportId,
    [property: JsonPropertyName("action")] string Action);
