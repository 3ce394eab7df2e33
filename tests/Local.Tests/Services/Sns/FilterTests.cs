using Isobar.Local.Services.Sns;

namespace Isobar.Local.Tests.Services.Sns;

public sealed class FilterTests
{
    [Theory]
    [InlineData("""{"kind":["rain"]}""", "String", "rain", true)]
    [InlineData("""{"kind":["rain"]}""", "String.label", "rain", true)]
    [InlineData("""{"kind":["rain"]}""", "String", "hail", false)]
    [InlineData("""{"kind":[300]}""", "Number", "300.0", true)]
    [InlineData("""{"kind":[300]}""", "String", "300", false)]
    [InlineData("""{"kind":[{"numeric":[">",1,"<=",1e3]}]}""", "Number.int", "1000", true)]
    [InlineData("""{"kind":[{"numeric":[">",1]}]}""", "String", "2", false)]
    [InlineData("""{"kind":["rain"]}""", "String.Array", """["hail","rain",1,true,null]""", true)]
    [InlineData("""{"kind":[true]}""", "String.Array", """["hail",true]""", true)]
    [InlineData("""{"kind":["rain"]}""", "String.Array", "rain", false)]
    [InlineData("""{"kind":[{"anything-but":["rain"]}]}""", "String", "hail", true)]
    [InlineData("""{"kind":[{"anything-but":{"prefix":"ra"}}]}""", "String", "rain", false)]
    [InlineData("""{"kind":[{"exists":false}]}""", "String", "rain", false)]
    [InlineData("""{"other":[{"exists":false}]}""", "String", "rain", true)]
    [InlineData("""{"other":["rain"]}""", "String", "rain", false)]
    [InlineData("""{"$or":[{"kind":["hail"]},{"kind":[{"prefix":"r"}]}]}""", "String", "rain", true)]
    [InlineData("{}", "String", "rain", true)]
    public async Task Attributes_decide(string policy, string type, string value, bool wanted)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"), ("FilterPolicy", policy));
        await sns.PublishAsync("m", PublishTests.Attribute(1, "kind", type, value));
        Assert.Equal(wanted ? 1 : 0, sns.Queues.Texts("audit").Length);
        var published =
            Assert.Single(sns.World.Journal.After(0).Select(entry => entry.Fact).OfType<MessagePublished>());
        Assert.Equal(wanted ? (1, 0) : (0, 1), (published.Deliveries, published.FilteredOut));
    }

    [Theory]
    [InlineData("""{"object":{"key":[{"prefix":"in/"}]}}""", """{"object":{"key":"in/a"}}""", true)]
    [InlineData("""{"object":{"key":[{"prefix":"in/"}]}}""", """{"object":[[{"key":"in/a"}]]}""", true)]
    [InlineData("""{"object":{"key":[{"prefix":"in/"}]}}""", """{"object.key":"in/a"}""", true)]
    [InlineData("""{"object":{"key":[{"prefix":"in/"}]}}""", """{"object":{"key":"out/a"}}""", false)]
    [InlineData("""{"key":["a"]}""", "no JSON", false)]
    [InlineData("""{"key":[{"exists":false}]}""", "no JSON", false)]
    [InlineData("""{"key":[{"exists":false}]}""", "[]", false)]
    [InlineData("""{"detail":{"$or":[{"a":[1]},{"b":[2]}]}}""", """{"detail":{"b":2}}""", true)]
    public async Task The_body_decides(string policy, string message, bool wanted)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(
            SnsOnPortZero.QueueArn("audit"), ("FilterPolicyScope", "MessageBody"), ("FilterPolicy", policy));
        await sns.PublishAsync(message);
        Assert.Equal(wanted ? 1 : 0, sns.Queues.Texts("audit").Length);
    }

    [Fact]
    public async Task Each_entry_of_a_batch_is_filtered_for_itself()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"), ("FilterPolicyScope", "MessageBody"),
            ("FilterPolicy", """{"n":[2]}"""), ("RawMessageDelivery", "true"));
        await sns.OkAsync("PublishBatch", ("TopicArn", SnsOnPortZero.TopicArn),
            ("PublishBatchRequestEntries.member.1.Id", "a"),
            ("PublishBatchRequestEntries.member.1.Message", """{"n":1}"""),
            ("PublishBatchRequestEntries.member.2.Id", "b"),
            ("PublishBatchRequestEntries.member.2.Message", """{"n":2}"""));
        await sns.QuietAsync();
        Assert.Equal(["""{"n":2}"""], sns.Queues.Texts("audit"));
    }
}
