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

/// <summary>The queues of what failed for good, and where each message of them comes from.</summary>
internal static class FailureQueue
{
    private const string Undelivered = "UndeliveredQueue";

    // Source: ReportFunction's schedule in template.yaml.
    private const string InputOfReport = """{"pages": 200}""";

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
    /// <exception cref="FormatException">The message is none that such a queue gets.</exception>
    public static Destination Of(string queue, string body, Func<string, string?> functionOf)
    {
        if (Sources.TryGetValue(queue, out var source)) return new ToQueue(source, body);
        var json = Parse(body);
        return queue switch
        {
            // Lambda puts the event itself into a function's dead-letter queue.
            "CatalogDeadLetterQueue" => new ToFunction("CatalogRecordFile", body),
            "FinalizeFailuresQueue" when json.TryGetProperty("DDBStreamBatchInfo", out _) =>
                new ToFunction("Remediate", body),
            "IntakeFailuresQueue" or Undelivered => OfRecord(json, functionOf) ?? (queue == Undelivered
                ? OfUndelivered(json, body)
                : throw Strange(queue)),
            _ => throw Strange(queue),
        };
    }

    /// <summary>An invocation record: the function and the event on which it failed.</summary>
    private static ToFunction? OfRecord(JsonElement json, Func<string, string?> functionOf)
    {
        if (!json.TryGetProperty("requestContext", out var context)
            || Text(context, "condition") is null or "Success"
            || Text(context, "functionArn") is not { } arn
            || !json.TryGetProperty("requestPayload", out var payload)) return null;
        // arn:aws:lambda:region:account:function:name:qualifier
        var name = arn.Split(':').ElementAtOrDefault(6)
            ?? throw new FormatException($"'{arn}' is not the ARN of a function.");
        var function = functionOf(name) ?? throw new FormatException($"The function {name} is not this stack's.");
        return new ToFunction(function, payload.GetRawText());
    }

    // What SNS or EventBridge could not deliver: see the subscriptions and the rule in the template.
    private static Destination OfUndelivered(JsonElement json, string body)
    {
        if (Text(json, "Type") == "Notification") return new ToFunction("CatalogRecordFile", AsEvent(json));
        // Report's schedule: AWS documents that the queue gets the event, and not whether before or after the rule has
        // put its constant input in the event's place.
        if (json.TryGetProperty("pages", out _)) return new ToFunction("Report", body);
        if (Text(json, "detail-type") == "Scheduled Event") return new ToFunction("Report", InputOfReport);
        if (json.TryGetProperty("detail-type", out _)) return new ToFunction("Notify", body);
        // A record of a success, without an envelope: the audit queue gets raw messages.
        if (json.TryGetProperty("requestContext", out _)) return new ToQueue("AuditQueue", body);
        throw Strange(Undelivered);
    }

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

    private static FormatException Strange(string queue) => new($"The message is none that {queue} gets.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal sealed record NotificationEvent(IReadOnlyList<NotificationRecord> Records);

internal sealed record NotificationRecord(string EventSource, string EventVersion, JsonElement Sns);

[System.Text.Json.Serialization.JsonSerializable(typeof(NotificationEvent))]
internal sealed partial class NotificationJson : System.Text.Json.Serialization.JsonSerializerContext;
