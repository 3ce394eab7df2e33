using System.Text;
using System.Text.Json;

namespace Isobar.Local.Tests.Services.Sns;

public sealed class JavaScriptSdkTests
{
    [Fact]
    public async Task The_SDK_can_do_everything_once()
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        var answers = await JavaScriptClient.RunAsync("Services/Sns/round-trip.mjs", sns.Address);
        await sns.QuietAsync();

        string Of(string name) => answers.GetProperty(name).GetString()!;
        Assert.Equal("arn:aws:sns:us-east-1:000000000000:quality", Of("topicArn"));
        Assert.Equal([SnsOnPortZero.TopicArn, Of("topicArn")],
            answers.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()));
        Assert.Equal("Quality", answers.GetProperty("topic").GetProperty("DisplayName").GetString());
        Assert.Equal("true", answers.GetProperty("subscription").GetProperty("RawMessageDelivery").GetString());
        Assert.Equal(
            """{"kind":["rain"]}""", answers.GetProperty("subscription").GetProperty("FilterPolicy").GetString());
        foreach (var list in new[] { "byTopic", "all" })
        {
            Assert.Equal(Of("subscriptionArn"),
                Assert.Single(answers.GetProperty(list).EnumerateArray()).GetProperty("SubscriptionArn").GetString());
        }

        Assert.Equal(["one", "two"], answers.GetProperty("batch").GetProperty("Successful").EnumerateArray()
            .Select(entry => entry.GetProperty("Id").GetString()));
        Assert.Equal(["Zürich <&> \U0001F327", "first"], sns.Queues.Texts("audit"));
        var attributes = sns.Queues.Events.First().Event.Attributes;
        Assert.Equal("rain", Encoding.UTF8.GetString(attributes["kind"].Value.Span));
        Assert.Equal([0, 1, 254, 255], attributes["mark"].Value.ToArray());
        AssertEnd(answers);
    }

    private static void AssertEnd(JsonElement answers)
    {
        Assert.Equal(1, answers.GetProperty("after").GetInt32());
        var error = answers.GetProperty("error");
        Assert.Equal(("NotFoundException", 404, "Topic does not exist"), (error.GetProperty("name").GetString(),
            error.GetProperty("status").GetInt32(), error.GetProperty("message").GetString()));
    }
}
