using System.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>
/// What the Probe does with records of a table's stream: the item itself says it, by its attribute <c>do</c>. It prints
/// the items that it took, and counts them in the state of a tumbling window.
/// </summary>
internal static class RecordsProbe
{
    /// <summary>Whether events with records are for this class.</summary>
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("PROBE_RECORDS") is not null;

    /// <returns>The response: the first record that asks to be reported, if any, and the window's state.</returns>
    public static byte[] Run(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var taken = new List<string>();
        string? reported = null;
        foreach (var record in document.RootElement.GetProperty("Records").EnumerateArray())
        {
            var change = record.GetProperty("dynamodb");
            var item = change.GetProperty("NewImage");
            var wish = item.TryGetProperty("do", out var asked) ? asked.GetProperty("S").GetString() : null;
            if (wish == "throw") throw new ThrownOnPurpose("a poisoned record");
            if (wish == "report")
            {
                reported = change.GetProperty("SequenceNumber").GetString();
                break;
            }

            taken.Add(item.GetProperty("id").GetProperty("S").GetString()
                + (item.TryGetProperty("n", out var n) ? n.GetProperty("N").GetString() : ""));
        }

        var count = taken.Count + Count(document.RootElement);
        var isFinal = document.RootElement.TryGetProperty("isFinalInvokeForWindow", out var last) && last.GetBoolean();
        Console.Out.WriteLine($"took {string.Join(' ', taken)} total {count}{(isFinal ? " final" : "")}");
        Console.Out.Flush();
        var failures = reported is null ? "" : $$"""{"itemIdentifier":"{{reported}}"}""";
        return Encoding.UTF8.GetBytes($$"""{"state":{"count":{{count}}},"batchItemFailures":[{{failures}}]}""");
    }

    private static int Count(JsonElement window) =>
        window.TryGetProperty("state", out var state) && state.TryGetProperty("count", out var count)
            ? count.GetInt32()
            : 0;
}
