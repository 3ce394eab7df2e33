using System.Text.Json;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>What a function's answer says about the messages of its batch.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Implementing partial batch responses", success and failure conditions.
/// </remarks>
internal static class BatchResponse
{
    /// <summary>Reads <c>{"batchItemFailures":[{"itemIdentifier":"…"}]}</c>.</summary>
    /// <param name="messageIds">The batch that the function was given.</param>
    /// <returns>
    /// The ids that failed, empty for success; null when the answer makes the whole batch a failure (it is no JSON
    /// object, or names an item that is not in the batch).
    /// </returns>
    public static IReadOnlySet<string>? Failures(ReadOnlyMemory<byte> payload, IReadOnlySet<string> messageIds)
    {
        if (payload.IsEmpty) return new HashSet<string>();
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Failures(document.RootElement, messageIds);
        }
        // Half of a surrogate pair is valid JSON, and no text: reading it is an invalid operation.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static HashSet<string>? Failures(JsonElement answer, IReadOnlySet<string> messageIds)
    {
        var failed = new HashSet<string>(StringComparer.Ordinal);
        if (answer.ValueKind == JsonValueKind.Null) return failed;
        if (answer.ValueKind != JsonValueKind.Object) return null;
        if (!answer.TryGetProperty("batchItemFailures", out var items) || items.ValueKind == JsonValueKind.Null)
            return failed;
        if (items.ValueKind != JsonValueKind.Array) return null;
        foreach (var item in items.EnumerateArray())
        {
            if (Identifier(item) is not { } id || !messageIds.Contains(id)) return null;
            failed.Add(id);
        }

        return failed;
    }

    private static string? Identifier(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("itemIdentifier", out var id)
        && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;
}
