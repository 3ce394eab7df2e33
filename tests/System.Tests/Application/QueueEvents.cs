using System.Text.Json.Nodes;

namespace Isobar.Stories.Application;

/// <summary>Invokes functions as the event source mapping of a queue does, and waits for the response.</summary>
internal static class QueueEvents
{
    /// <param name="function">Its name in the template.</param>
    /// <param name="bodies">Of the messages; their ids are <c>message-0</c> and so on.</param>
    /// <returns>The function's response.</returns>
    public static async Task<JsonNode> InvokeAsync(DeployedStack stack, string function, params string[] bodies)
    {
        var records = bodies.Select((body, index) => new JsonObject
        {
            ["messageId"] = $"message-{index}",
            ["receiptHandle"] = $"handle-{index}",
            ["body"] = body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
            ["messageAttributes"] = new JsonObject(),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = "arn:aws:sqs:us-east-1:000000000000:stories",
            ["awsRegion"] = "us-east-1",
        });
        using var answer = await stack.Calls.InvokeAsync(
            stack.NameOf(function),
            new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString(), "RequestResponse");
        var payload = await answer.Content.ReadAsStringAsync();
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"), payload);
        return JsonNode.Parse(payload)!;
    }
}
