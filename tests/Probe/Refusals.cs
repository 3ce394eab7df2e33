using System.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>Batches of messages of which some fail: those whose body has a certain text.</summary>
internal static class Refusals
{
    /// <summary>Writes the bodies down, and fails as a whole if one of them has the text.</summary>
    public static byte[] Throw(byte[] batch, string text)
    {
        var bodies = Write(batch);
        return bodies.Any(body => body.Body.Contains(text, StringComparison.Ordinal))
            ? throw new ThrownOnPurpose($"There is {text} in the batch.")
            : "null"u8.ToArray();
    }

    /// <summary>Writes the bodies down; stops at the first with the text, and returns it and all behind it.</summary>
    public static byte[] Report(byte[] batch, string text)
    {
        var failed = Write(batch).SkipWhile(message => !message.Body.Contains(text, StringComparison.Ordinal));
        var items = string.Join(',', failed.Select(message => $"{{\"itemIdentifier\":\"{message.Id}\"}}"));
        return Encoding.UTF8.GetBytes($"{{\"batchItemFailures\":[{items}]}}");
    }

    private static List<(string Id, string Body)> Write(byte[] batch)
    {
        using var document = JsonDocument.Parse(batch);
        var messages = document.RootElement.GetProperty("Records").EnumerateArray()
            .Select(record => (record.GetProperty("messageId").GetString()!, record.GetProperty("body").GetString()!))
            .ToList();
        Console.Out.WriteLine("bodies " + string.Join(' ', messages.Select(message => message.Item2)));
        Console.Out.Flush();
        return messages;
    }
}
