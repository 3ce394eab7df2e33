using System.Text.Json;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Summaries;

namespace Isobar.Functions.Tests.Summarize;

public sealed class SummaryMessageTests
{
    private static readonly SummaryMessage Message =
        SummaryMessage.Of(SummaryStep.Merge, Examples.Source, Examples.Job(1).Id, [3, 11])[1];

    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        Assert.Equivalent(Message, SummaryMessage.FromJson(Message.ToJson()));
        var none = SummaryMessage.Of(SummaryStep.Expire, Examples.Source, Examples.Job(1).Id, []);
        Assert.Equivalent(none.Single(), SummaryMessage.FromJson(none.Single().ToJson()));
    }

    [Fact]
    public void Its_group_is_the_file_and_the_shard_whatever_the_version()
    {
        Assert.Equal($"{SourceId.Of("landing", "a.csv")}-11", Message.Group);
        var other = Message with { Step = SummaryStep.Expire, Source = Message.Source with { VersionId = "v2" } };
        Assert.Equal(Message.Group, other.Group);
    }

    [Fact]
    public void Two_messages_have_one_deduplication_id_if_they_mean_the_same()
    {
        Assert.Equal(Message.DeduplicationId, (Message with { }).DeduplicationId);
        Assert.NotEqual(Message.DeduplicationId, (Message with { Step = SummaryStep.Expire }).DeduplicationId);
        Assert.NotEqual(Message.DeduplicationId, (Message with { Shard = 3 }).DeduplicationId);
        Assert.NotEqual(Message.DeduplicationId, (Message with { Job = "other" }).DeduplicationId);
        // Source: Amazon SQS API Reference, SendMessage.
        Assert.InRange(Message.DeduplicationId.Length, 1, 128);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"step":"Merge","job":"j","shard":1,"shards":[1]}""")]
    public void What_is_no_message_is_refused(string json) =>
        Assert.Throws<JsonException>(() => SummaryMessage.FromJson(json));

    [Theory]
    [InlineData(4)]
    [InlineData(null)]
    public void A_shard_that_is_not_one_of_the_shards_is_refused(int? shard) =>
        Assert.Throws<JsonException>(() => SummaryMessage.FromJson((Message with { Shard = shard }).ToJson()));

    [Fact]
    public void A_shard_that_there_is_not_is_refused() => Assert.Throws<JsonException>(
        () => SummaryMessage.FromJson((Message with { Shard = 16, Shards = [16] }).ToJson()));
}
