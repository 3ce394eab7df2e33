using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sns;

/// <summary>One topic, and what its subscribers get.</summary>
public abstract class SnsRecordedTest : RecordedTest
{
    // What stands for a digest that was compared with its body.
    private const string Digest = "<md5>";

    private protected const string Topic = $"arn:aws:sns:us-east-1:{Account}:topic";

    private protected static string QueueArn(string name) => $"arn:aws:sqs:us-east-1:{Account}:{name}";

    private protected static string FunctionArn(string name) => $"arn:aws:lambda:us-east-1:{Account}:function:{name}";

    private protected async Task TopicAsync() => (await SnsAsync("CreateTopic", ("Name", "topic"))).Ok();

    /// <summary>Subscribes an endpoint and returns the subscription's ARN.</summary>
    private protected async Task<string> SubscribedAsync(
        string endpoint, params (string Name, string Value)[] attributes) =>
        (string)(await SubscribeAsync(endpoint, attributes)).Ok().Body!["SubscriptionArn"]!;

    private protected Task<Answer> SubscribeAsync(
        string endpoint, params (string Name, string Value)[] attributes) =>
        SnsAsync("Subscribe",
        [
            ("TopicArn", Topic), ("Protocol", endpoint.Split(':').ElementAtOrDefault(2) ?? "sqs"),
            ("Endpoint", endpoint), ("ReturnSubscriptionArn", "true"),
            .. attributes.SelectMany((attribute, i) => new[]
            {
                ($"Attributes.entry.{i + 1}.key", attribute.Name),
                ($"Attributes.entry.{i + 1}.value", (string?)attribute.Value),
            }),
        ]);

    /// <summary>A list that has this subscription of a queue only.</summary>
    private protected static string Listed(string subscription, string endpoint) => $$"""
        {"Subscriptions":[{"Endpoint":"{{endpoint}}","Owner":"{{Account}}","Protocol":"sqs",
        "SubscriptionArn":"{{subscription}}","TopicArn":"{{Topic}}"}]}
        """.ReplaceLineEndings("");

    private protected Task<Answer> SetAsync(string subscription, string name, string value) =>
        SnsAsync("SetSubscriptionAttributes",
            ("SubscriptionArn", subscription), ("AttributeName", name), ("AttributeValue", value));

    /// <summary>The subscription's attributes, its own ARN as a placeholder.</summary>
    private protected async Task<string> AttributesAsync(string subscription)
    {
        var answer = await SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription));
        return AnswerText.Of(answer.Ok().Body!["Attributes"])
            .Replace(subscription, "<subscription>", StringComparison.Ordinal);
    }

    /// <summary>What the attributes are when nothing was set but this.</summary>
    /// <param name="before">Members whose names come before Owner.</param>
    /// <param name="after">Members between RawMessageDelivery and SubscriptionArn.</param>
    private protected static string Attributes(
        string endpoint, bool raw = false, string before = "", string after = "") => $$"""
        {"ConfirmationWasAuthenticated":"true","Endpoint":"{{endpoint}}",{{before}}"Owner":"{{Account}}",
        "PendingConfirmation":"false","Protocol":"{{endpoint.Split(':')[2]}}",
        "RawMessageDelivery":"{{(raw ? "true" : "false")}}",{{after}}"SubscriptionArn":"<subscription>",
        "SubscriptionPrincipal":"<principal>","TopicArn":"{{Topic}}"}
        """.ReplaceLineEndings("");

    /// <summary>Publishes, and waits until the message is with its subscribers.</summary>
    private protected async Task<Answer> PublishAsync(
        string message, params (string Name, string? Value)[] more)
    {
        var answer = await SnsAsync("Publish", [("TopicArn", Topic), ("Message", message), .. more]);
        await QuietAsync();
        return answer;
    }

    /// <summary>A message attribute as parameters.</summary>
    private protected static (string, string?)[] Attribute(
        string name, string? type, string? text = null, string? base64 = null, int number = 1, string entry = "") =>
    [
        ($"{entry}MessageAttributes.entry.{number}.Name", name),
        ($"{entry}MessageAttributes.entry.{number}.Value.DataType", type),
        ($"{entry}MessageAttributes.entry.{number}.Value.StringValue", text),
        ($"{entry}MessageAttributes.entry.{number}.Value.BinaryValue", base64),
    ];

    /// <summary>
    /// Takes the messages of a queue, whole, in the order of their bodies. An envelope shows as a document.
    /// </summary>
    private protected async Task<IReadOnlyList<string>> TakeAsync(string queue)
    {
        var answer = await SqsAsync("ReceiveMessage", queue,
            """{"MaxNumberOfMessages":10,"MessageAttributeNames":["All"],"AttributeNames":["All"]}""");
        var messages = answer.Ok().Body!["Messages"]?.AsArray() ?? [];
        foreach (var message in messages)
        {
            (await SqsAsync("DeleteMessage", queue, new JsonObject
            {
                ["ReceiptHandle"] = (string?)message!["ReceiptHandle"],
            }.ToJsonString())).Ok();
        }

        return [.. messages.Select(message => message!).OrderBy(Body, StringComparer.Ordinal).Select(Whole)];
    }

    /// <summary>A message as it is expected.</summary>
    /// <param name="body">As JSON: a text, or an envelope.</param>
    /// <param name="attributes">The message attributes, and with them their digest.</param>
    /// <param name="system">More system attributes: a comma and members.</param>
    private protected static string Message(
        string body, string attributes = "", string digest = "", string system = "") => AnswerText.OfText($$"""
        {"Attributes":{"ApproximateFirstReceiveTimestamp":"t","ApproximateReceiveCount":"1","SenderId":"s",
        "SentTimestamp":"t"{{system}} },"Body":{{body}},"MD5OfBody":"{{Digest}}","MessageId":"m","ReceiptHandle":"h"
        {{(attributes.Length == 0
            ? ""
            : $",\"MessageAttributes\":{attributes},\"MD5OfMessageAttributes\":\"{digest}\"")}} }
        """);

    /// <summary>The envelope in the only message of a queue, which has nothing else to it.</summary>
    private protected async Task<string> TakeEnvelopeAsync(string queue)
    {
        var message = Assert.Single(await TakeAsync(queue));
        var envelope = AnswerText.Of(JsonNode.Parse(message)!["Body"]);
        Assert.Equal(Message(envelope), message);
        return envelope;
    }

    /// <summary>An envelope as it is expected.</summary>
    /// <param name="attributes">The member, where there is one.</param>
    private protected static string Envelope(string message, string? subject = null, string attributes = "") =>
        AnswerText.OfText($$"""
            {"Type":"Notification","MessageId":"m","TopicArn":"{{Topic}}","Timestamp":"t","SignatureVersion":"1",
            "Signature":"s","SigningCertURL":"u","UnsubscribeURL":"u","Message":{{Quote(message)}}
            {{(subject is null ? "" : $",\"Subject\":{Quote(subject)}")}}
            {{(attributes.Length == 0 ? "" : $",\"MessageAttributes\":{attributes}")}} }
            """);

    private protected static string Quote(string text) => AnswerText.Of(JsonValue.Create(text));

    private static string Body(JsonNode message) => (string)message["Body"]!;

    private static string Whole(JsonNode message)
    {
        var body = Body(message);
        Assert.Equal(
            Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body))), (string?)message["MD5OfBody"]);
        var whole = message.DeepClone();
        whole["MD5OfBody"] = Digest;
        if (body.StartsWith("{\"Type\":\"Notification\"", StringComparison.Ordinal))
            whole["Body"] = JsonNode.Parse(body);
        return AnswerText.Of(whole);
    }
}
