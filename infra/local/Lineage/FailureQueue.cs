using System.Globalization;
using System.Text.Json;

namespace Isobar.Local.Lineage;

/// <summary>Where something that failed is sent again.</summary>
internal abstract record Destination
{
    private protected Destination()
    {
    }
}

/// <param name="Function">Its name in the template, without "Function".</param>
/// <param name="Payload">The event, as JSON.</param>
internal sealed record ToFunction(string Function, string Payload) : Destination;

/// <param name="Queue">Its name in the template.</param>
internal sealed record ToQueue(string Queue, string Body) : Destination;

/// <summary>Nothing can mend it by being sent again, so it stays in its queue.</summary>
/// <param name="Why">And what to do instead.</param>
internal sealed record Stays(string Why) : Destination;

/// <summary>A message in a queue of failures.</summary>
/// <param name="TargetArn">Where a rule could not deliver it, which only EventBridge says; null if it came otherwise.
/// Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events".</param>
internal sealed record FailedMessage(string Body, string? TargetArn = null)
{
    /// <summary>The name of the message attribute with <see cref="TargetArn"/>.</summary>
    public const string TargetAttribute = "TARGET_ARN";
}

/// <summary>The queues of what failed for good, and where each message of them comes from.</summary>
internal static class FailureQueue
{
    private const string Undelivered = "UndeliveredQueue";
    private const string BatchInfo = "DDBStreamBatchInfo";

    // Source: ReportFunction's schedule in template.yaml.
    private const string InputOfReport = """{"pages": 200}""";

    // How long a table's stream keeps changes. Source: Amazon DynamoDB Developer Guide, "Change data capture for
    // DynamoDB Streams".
    private static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

    /// <summary>Dead-letter queues of queues, with the queue that their messages come from and go back to.</summary>
    private static readonly Dictionary<string, string> Sources = new()
    {
        ["CatalogChangesDeadLetterQueue"] = "CatalogChangesQueue",
        ["DeadLettersFailuresQueue"] = "ChunksDeadLetterQueue",
    };

    /// <summary>What the queues are called in the template.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "IntakeFailuresQueue", "CatalogDeadLetterQueue", "CatalogChangesDeadLetterQueue", "DeadLettersFailuresQueue",
        "FinalizeFailuresQueue", Undelivered,
    ];

    /// <summary>Where a message of a queue is to be sent.</summary>
    /// <param name="queue">One of <see cref="Names"/>.</param>
    /// <param name="functionOf">A function's name in the template, by its physical name; null for a stranger's.</param>
    /// <param name="now">By the services' clock.</param>
    /// <exception cref="FormatException">The message is none that such a queue gets.</exception>
    public static Destination Of(
        string queue, FailedMessage message, Func<string, string?> functionOf, DateTimeOffset now)
    {
        var body = message.Body;
        if (Sources.TryGetValue(queue, out var source)) return new ToQueue(source, body);
        var json = Parse(body);
        return queue switch
        {
            // Lambda puts the event itself into a function's dead-letter queue.
            "CatalogDeadLetterQueue" => new ToFunction("CatalogRecordFile", body),
            "FinalizeFailuresQueue" when json.TryGetProperty(BatchInfo, out _) =>
                Expired(json, now) ?? (Destination)new ToFunction("Remediate", body),
            "IntakeFailuresQueue" or Undelivered => OfRecord(json, functionOf, now) ?? (queue == Undelivered
                ? OfUndelivered(json, message, functionOf)
                : throw Strange(queue)),
            _ => throw Strange(queue),
        };
    }

    /// <summary>An invocation record: the function and the event on which it failed.</summary>
    private static Destination? OfRecord(JsonElement json, Func<string, string?> functionOf, DateTimeOffset now)
    {
        if (!json.TryGetProperty("requestContext", out var context)
            || Text(context, "condition") is null or "Success"
            || Text(context, "functionArn") is not { } arn
            || !json.TryGetProperty("requestPayload", out var payload)) return null;
        // Remediate itself may have failed on a batch of Finalize's, and would do so again and again.
        return Expired(payload, now)
            ?? (Destination)new ToFunction(FunctionOf(arn, functionOf), payload.GetRawText());
    }

    // arn:aws:lambda:region:account:function:name:qualifier
    private static string FunctionOf(string arn, Func<string, string?> functionOf)
    {
        var name = arn.Split(':').ElementAtOrDefault(6)
            ?? throw new FormatException($"'{arn}' is not the ARN of a function.");
        return functionOf(name) ?? throw new FormatException($"The function {name} is not this stack's.");
    }

    /// <summary>A batch of a table's stream that the stream no longer has.</summary>
    /// <returns>Null for everything else.</returns>
    private static Stays? Expired(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(BatchInfo, out var batch)
            || !TryTime(batch, "approximateArrivalOfFirstRecord", out var first)
            || now - first <= StreamRetention) return null;
        if (!TryTime(batch, "approximateArrivalOfLastRecord", out var last)) last = first;
        return new Stays(
            $"Its changes are of {first:yyyy-MM-dd HH:mm:ss} to {last:yyyy-MM-dd HH:mm:ss} UTC, and the stream keeps "
            + $"changes for {StreamRetention.TotalHours} hours. Redrive the jobs that finished then: "
            + "POST /jobs/{id}/redrive, as `isobar explain <job>` prints it. Then delete the message.");
    }

    // What SNS or EventBridge could not deliver: see the subscriptions and the rules in the template.
    private static Destination OfUndelivered(
        JsonElement json, FailedMessage message, Func<string, string?> functionOf)
    {
        if (message.TargetArn is { } arn) return OfRule(FunctionOf(arn, functionOf), json, message.Body);
        if (Text(json, "Type") == "Notification") return new ToFunction("CatalogRecordFile", AsEvent(json));
        // Somebody may have moved the message, without its attributes.
        if (IsOfSchedule(json)) return OfRule("Report", json, message.Body);
        if (Text(json, "source") == "lambda" && Text(json, "detail-type") is not null)
            return OfRule("Notify", json, message.Body);
        // A record of a success, without an envelope: the audit queue gets raw messages.
        if (json.TryGetProperty("requestContext", out _)) return new ToQueue("AuditQueue", message.Body);
        throw Strange(Undelivered);
    }

    /// <param name="function">The rule's target.</param>
    private static ToFunction OfRule(string function, JsonElement json, string body) => function switch
    {
        // AWS documents that the queue gets the event, and not whether before or after the rule has put its constant
        // input in the event's place.
        "Report" => new ToFunction(function, json.TryGetProperty("pages", out _) ? body : InputOfReport),
        "Notify" => new ToFunction(function, body),
        _ => throw Strange(Undelivered),
    };

    private static bool IsOfSchedule(JsonElement json) =>
        json.TryGetProperty("pages", out _)
        || (Text(json, "detail-type") == "Scheduled Event" && Text(json, "source") == "aws.events");

    /// <summary>A notification in the form in which SNS invokes a function with it.</summary>
    private static string AsEvent(JsonElement notification) => JsonSerializer.Serialize(
        new NotificationEvent([new NotificationRecord("aws:sns", "1.0", notification)]),
        NotificationJson.Default.NotificationEvent);

    private static JsonElement Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new FormatException("The message is no JSON object.");
        }
        catch (JsonException e)
        {
            throw new FormatException("The message is no JSON.", e);
        }
    }

    private static bool TryTime(JsonElement json, string name, out DateTimeOffset time)
    {
        time = default;
        return json.ValueKind == JsonValueKind.Object && DateTimeOffset.TryParse(
            Text(json, name), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static FormatException Strange(string queue) => new($"The message is none that {queue} gets.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal sealed record NotificationEvent(IReadOnlyList<NotificationRecord> Records);

internal sealed record NotificationRecord(string EventSource, string EventVersion, JsonElement Sns);

[System.Text.Json.Serialization.JsonSerializable(typeof(NotificationEvent))]
internal sealed partial class NotificationJson : System.Text.Json.Serialization.JsonSerializerContext;
