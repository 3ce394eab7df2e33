using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Domain;
using Isobar.Imports;

namespace Isobar.Remediate;

/// <summary>
/// One of four: the invocation record of an event of Import that Lambda gave up; a request to resend, <c>resend</c>, or
/// to resend a batch of readings that Live failed on, <c>resendBatch</c>; or the record of a batch of the jobs table's
/// stream that Lambda gave up.
/// </summary>
/// <param name="Resend">The id of the import to resend, or of the job whose summary is sent again.</param>
/// <param name="Batch">Where the batch is in the stream; the record has no change itself.</param>
public sealed record RemediateEvent(
    [property: JsonPropertyName("resend")] string? Resend,
    [property: JsonPropertyName("requestContext")] InvocationContext? RequestContext,
    [property: JsonPropertyName("requestPayload")] JsonElement RequestPayload,
    [property: JsonPropertyName("responsePayload")] FunctionError? ResponsePayload,
    [property: JsonPropertyName("DDBStreamBatchInfo")] StreamBatch? Batch = null)
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

/// <summary>Where a batch is in the stream of a table.</summary>
/// <param name="Start">Sequence number of its first change.</param>
/// <param name="End">Sequence number of its last change.</param>
/// <remarks>Source: AWS Lambda Developer Guide, retaining discarded records for a DynamoDB event source.</remarks>
public sealed record StreamBatch(
    [property: JsonPropertyName("streamArn")] string StreamArn,
    [property: JsonPropertyName("shardId")] string ShardId,
    [property: JsonPropertyName("startSequenceNumber")] string Start,
    [property: JsonPropertyName("endSequenceNumber")] string End);

/// <summary>What Remediate did.</summary>
/// <param name="ImportId">Null for what is not about an import.</param>
/// <param name="Action">recorded, landed-before, resent, not-failed or not-finished.</param>
/// <param name="Jobs">Those whose summaries were sent again; null for others.</param>
public sealed record Remedy(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("jobs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<string>? Jobs = null)
{
    /// <summary>The key of the batch of readings that was resent.</summary>
    [JsonPropertyName("batch")]
    public string? Batch { get; init; }

    /// <summary>How many records of the batch the stream has taken.</summary>
    [JsonPropertyName("records")]
    public int? Records { get; init; }
}
