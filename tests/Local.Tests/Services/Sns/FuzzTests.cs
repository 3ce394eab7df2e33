using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sns;

public sealed class FuzzTests
{
    private const int Requests = 2_000;

    private static readonly string[] Actions =
    [
        "CreateTopic", "DeleteTopic", "ListTopics", "GetTopicAttributes", "Subscribe", "Unsubscribe",
        "ListSubscriptions",
        "ListSubscriptionsByTopic", "GetSubscriptionAttributes", "SetSubscriptionAttributes", "Publish", "Publish",
        "PublishBatch",
        "TagResource", "",
    ];

    private static readonly string[] Names =
    [
        "TopicArn", "Name", "Message", "Subject", "Protocol", "Endpoint", "SubscriptionArn", "AttributeName",
        "AttributeValue",
        "MessageStructure", "NextToken", "Attributes.entry.1.key", "Attributes.entry.1.value", "Attributes.entry.2.key",
        "MessageAttributes.entry.1.Name", "MessageAttributes.entry.1.Value.DataType",
        "MessageAttributes.entry.1.Value.StringValue",
        "MessageAttributes.entry.1.Value.BinaryValue", "PublishBatchRequestEntries.member.1.Id", "TargetArn",
        "PublishBatchRequestEntries.member.1.Message", "PublishBatchRequestEntries.member.99999999999.Id", "Nonsense",
        "ReturnSubscriptionArn", "PhoneNumber", "Attributes.entry.x.key", "Attributes", "MessageAttributes.entry.1",
    ];

    private static readonly string[] Values =
    [
        "", "a", "alerts", SnsOnPortZero.TopicArn, "arn:aws:sns:us-east-1:000000000000:none", "arn:::::", "lambda",
        "sqs", "json",
        "{\"default\":\"x\"}", "{", "[]", "\u0000", "\uFFFF", "é\U0001F327", "FilterPolicy", "RedrivePolicy",
        "RawMessageDelivery",
        "FilterPolicyScope", "MessageBody", "true", "String", "Number", "Binary", "String.Array", "AAAA", "1e9999",
        "{\"a\":[{\"prefix\":\"\\ud800\"}]}", "{\"default\":\"\\ud800\"}", "arn:aws:sqs:us-east-1:000000000000:audit",
        "arn:aws:lambda:us-east-1:000000000000:function:F", "DisplayName", "999999999999",
        "{\"k\":[{\"numeric\":[\"<\",1]}]}",
    ];

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_AWSs_and_nothing_breaks()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        await using var sns = await SnsOnPortZero.StartAsync();
        var accepted = 0;
        for (var i = 0; i < Requests; i++)
        {
            var action = Pick(random, Actions);
            // Half of the requests name a topic rightly, or nothing behind that check would ever be reached.
            var parameters = Enumerable.Range(0, random.Next(6))
                .Select(_ => (Pick(random, Names), Pick(random, Values)))
                .Concat(random.Next(2) == 0 ? [("TopicArn", SnsOnPortZero.TopicArn), ("Message", "m")] : [])
                .DistinctBy(pair => pair.Item1).ToArray();
            var (status, answer) = await sns.PostAsync(action, parameters);
            var about = $"seed {seed}, request {i}, {action} {string.Join(' ', parameters)}: {answer}";
            if (status == 200) accepted++;
            else Assert.True(
                status is >= 400 and < 500 && SnsOnPortZero.Text(answer, "Code") is { Length: > 0 }, about);
            if (action == "DeleteTopic" && status == 200) await sns.OkAsync("CreateTopic", ("Name", "alerts"));
        }

        await sns.QuietAsync();
        Assert.InRange(accepted, Requests / 100, Requests);
        Assert.DoesNotContain(sns.World.Journal.After(0), entry => entry.Fact is RequestFaulted);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
