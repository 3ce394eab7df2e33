using System.Globalization;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Application;

/// <summary>Reads queues through SQS.</summary>
internal static class Queues
{
    private const int MostReceives = 500;

    /// <summary>Takes messages from a queue until one is the one looked for; the others are gone as well.</summary>
    /// <returns>Its body; null if the queue is empty before.</returns>
    public static async Task<JsonNode?> TakeAsync(DeployedStack stack, string url, Func<JsonNode, bool> isIt) =>
        (await TakeMessageAsync(stack, url, message => isIt(message.Body)))?.Body;

    /// <summary>The same, with everything that the message has.</summary>
    public static async Task<QueueMessage?> TakeMessageAsync(
        DeployedStack stack, string url, Func<QueueMessage, bool> isIt)
    {
        for (var receives = 0; receives < MostReceives; receives++)
        {
            var answer = await stack.Calls.SqsAsync("ReceiveMessage", new JsonObject
            {
                ["QueueUrl"] = url,
                ["MaxNumberOfMessages"] = 1,
                ["MessageAttributeNames"] = new JsonArray("All"),
                ["MessageSystemAttributeNames"] = new JsonArray("All"),
            });
            if (answer["Messages"] is not JsonArray { Count: > 0 } messages) return null;
            await stack.Calls.SqsAsync("DeleteMessage", new JsonObject
            {
                ["QueueUrl"] = url, ["ReceiptHandle"] = (string)messages[0]!["ReceiptHandle"]!,
            });
            var message = new QueueMessage(messages[0]!);
            if (isIt(message)) return message;
        }

        throw new TimeoutException($"Among {MostReceives} messages of {url} there is none like that.");
    }

    /// <summary>How many messages of a queue wait to be received.</summary>
    /// <param name="queue">Its name in the template.</param>
    public static Task<int> LengthAsync(DeployedStack stack, string queue) =>
        SumAsync(stack, queue, "ApproximateNumberOfMessages");

    /// <summary>How many messages a queue has, those that are being handled among them.</summary>
    /// <param name="queue">Its name in the template.</param>
    public static Task<int> AllAsync(DeployedStack stack, string queue) => SumAsync(
        stack, queue, "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed");

    private static async Task<int> SumAsync(DeployedStack stack, string queue, params string[] attributes)
    {
        var answer = await stack.Calls.SqsAsync("GetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = stack.NameOf(queue),
            ["AttributeNames"] = new JsonArray([.. attributes.Select(name => JsonValue.Create(name))]),
        });
        return attributes.Sum(name =>
            int.Parse((string)answer["Attributes"]![name]!, CultureInfo.InvariantCulture));
    }

    /// <summary>The time by a queue's own clock, which is the only one that a story can read on every target.</summary>
    public static async Task<DateTimeOffset> NowAsync(StackFixture stack, string url)
    {
        var mark = $"{Guid.NewGuid()}";
        await stack.Stack.Calls.SqsAsync("SendMessage", new JsonObject
        {
            ["QueueUrl"] = url, ["MessageBody"] = new JsonObject { ["mark"] = mark }.ToJsonString(),
        });
        var message = await stack.UntilAsync(
            () => TakeMessageAsync(stack.Stack, url, message => (string?)message.Body["mark"] == mark),
            message => message is not null);
        return message!.SentAt;
    }
}

/// <summary>A message as ReceiveMessage gives it.</summary>
internal sealed class QueueMessage(JsonNode received)
{
    public JsonNode Body { get; } = JsonNode.Parse((string)received["Body"]!)!;

    public DateTimeOffset SentAt => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse((string)received["Attributes"]!["SentTimestamp"]!, CultureInfo.InvariantCulture));

    public string? Attribute(string name) => (string?)received["MessageAttributes"]?[name]?["StringValue"];
}
