using System.Text.Json.Nodes;

namespace Isobar.Stories.Application;

/// <summary>Reads queues through SQS.</summary>
internal static class Queues
{
    private const int MostReceives = 50;

    /// <summary>Takes messages from a queue until one is the one looked for; the others are gone as well.</summary>
    /// <returns>Its body; null if the queue is empty before.</returns>
    public static async Task<JsonNode?> TakeAsync(DeployedStack stack, string url, Func<JsonNode, bool> isIt)
    {
        for (var receives = 0; receives < MostReceives; receives++)
        {
            var answer = await stack.Calls.SqsAsync(
                "ReceiveMessage", new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 1 });
            if (answer["Messages"] is not JsonArray { Count: > 0 } messages) return null;
            await stack.Calls.SqsAsync("DeleteMessage", new JsonObject
            {
                ["QueueUrl"] = url, ["ReceiptHandle"] = (string)messages[0]!["ReceiptHandle"]!,
            });
            var body = JsonNode.Parse((string)messages[0]!["Body"]!)!;
            if (isIt(body)) return body;
        }

        throw new TimeoutException($"Among {MostReceives} messages of {url} there is none like that.");
    }
}
