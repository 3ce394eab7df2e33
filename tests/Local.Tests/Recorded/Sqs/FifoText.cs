using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sqs;

/// <summary>Requests and answers of FIFO cases.</summary>
internal static class FifoText
{
    /// <summary>The answer of a receive without attributes.</summary>
    public static string Received(IEnumerable<string> bodies) => AnswerText.OfText(new JsonObject
    {
        ["Messages"] = new JsonArray([.. bodies.Select(body => (JsonNode)new JsonObject
        {
            ["Body"] = body,
            ["MD5OfBody"] = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body))),
            ["MessageId"] = "i",
            ["ReceiptHandle"] = "h",
        })]),
    }.ToJsonString());

    /// <summary>The parameters of SendMessage, without the queue.</summary>
    public static string Message(string body, string group, string? id)
    {
        var message = new JsonObject { ["MessageBody"] = body, ["MessageGroupId"] = group };
        if (id is not null) message["MessageDeduplicationId"] = id;
        return message.ToJsonString();
    }
}
