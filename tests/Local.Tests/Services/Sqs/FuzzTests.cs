using System.Text;
using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class FuzzTests
{
    private const int Requests = 2_000;

    private static readonly string[] Operations =
    [
        "CreateQueue", "GetQueueUrl", "GetQueueAttributes", "SetQueueAttributes", "ListQueues", "DeleteQueue",
        "PurgeQueue", "SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch",
        "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "TagQueue", "",
    ];

    private static readonly string[] Members =
    [
        "QueueUrl", "QueueName", "Attributes", "AttributeNames", "MessageAttributeNames", "MessageSystemAttributeNames",
        "Entries", "MessageBody", "MessageAttributes", "MessageSystemAttributes", "DelaySeconds", "MaxNumberOfMessages",
        "VisibilityTimeout", "ReceiptHandle", "QueueNamePrefix", "MaxResults", "NextToken", "tags", "Id", "Nonsense",
    ];

    private static readonly string[] Texts =
    [
        "", "a", "chunks", "none", "All", ".*", "a.fifo", "true", "-1", "0", "30", "901", "99999999999999999999",
        "String", "Number", "Binary", "AAAA", "{}", "[", "\\ud800", "\\u0000", "\\uffff", "\u00e9\U0001F327",
        "arn:aws:sqs:us-east-1:000000000000:chunks",
        "{\\\"deadLetterTargetArn\\\":\\\"\\ud800\\\",\\\"maxReceiveCount\\\":1}",
        "{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-east-1:000000000000:none\\\","
        + "\\\"maxReceiveCount\\\":\\\"3\\\"}",
        "http://127.0.0.1/000000000000/chunks", "http://127.0.0.1/000000000000/", "///", "VisibilityTimeout",
        "RedrivePolicy", "DelaySeconds", "AWSTraceHeader", "StringValue", "DataType", "BinaryValue", "StringListValues",
    ];

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_AWSs_and_nothing_breaks()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");
        var accepted = 0;
        for (var i = 0; i < Requests; i++)
        {
            var operation = Pick(random, Operations);
            var body = Encoding.UTF8.GetBytes(Request(random));
            if (random.Next(20) == 0 && body.Length > 0) body[random.Next(body.Length)] = (byte)random.Next(256);
            var (status, answer) = await sqs.PostAsync(operation, body);
            if (status == 200) accepted++;
            else AssertError(status, answer, $"seed {seed}, request {i}, {operation} {Encoding.UTF8.GetString(body)}");
            if (operation == "DeleteQueue" && status == 200)
            {
                sqs.World.Clock.JumpBy(TimeSpan.FromSeconds(60));
                await sqs.CreateAsync("chunks");
            }
        }

        Assert.InRange(accepted, Requests / 100, Requests);
        Assert.DoesNotContain(sqs.World.Journal.After(0), entry => entry.Fact is RequestFaulted);
    }

    private static void AssertError(int status, JsonElement answer, string about)
    {
        Assert.True(status is >= 400 and < 500, $"{status}: {about}");
        Assert.Contains("#", answer.GetProperty("__type").GetString(), StringComparison.Ordinal);
        Assert.True(answer.GetProperty("message").GetString() is { Length: > 0 }, about);
    }

    // Half of the requests name a queue rightly, or nothing behind that check would ever be reached.
    private static string Request(Random random)
    {
        if (random.Next(40) == 0) return Pick(random, ["", "null", "[]", "{", "\"a\"", "{\"a\":}", "{}{}"]);
        var members = new List<string>();
        if (random.Next(2) == 0) members.Add("\"QueueUrl\":\"http://127.0.0.1/000000000000/chunks\"");
        for (var count = random.Next(4); count > 0; count--)
            members.Add($"\"{Pick(random, Members)}\":{Value(random, 0)}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static string Value(Random random, int depth) => random.Next(depth < 3 ? 8 : 4) switch
    {
        0 => $"{random.Next(-2, 50_000)}",
        1 => Pick(random, ["null", "true", "1.5", "1e400", "9999999999"]),
        2 or 3 => $"\"{Pick(random, Texts)}\"",
        4 or 5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ =>
            $"\"{Pick(random, random.Next(2) == 0 ? Texts : Members)}\":{Value(random, depth + 1)}"))}}}",
    };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
