using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Lambda.EventSources;

public sealed class MessageBatchTests
{
    [Fact]
    public void The_event_holds_the_records_in_order()
    {
        var batch = new MessageBatch(3);
        batch.TryAdd(Message("a", """{"messageId":"a","body":"é"}"""), default);
        batch.TryAdd(Message("b", """{"messageId":"b"}"""), default);

        var records = JsonNode.Parse(batch.ToEvent().Span)!["Records"]!.AsArray();

        Assert.Equal(["a", "b"], records.Select(record => (string?)record!["messageId"]));
        Assert.Equal("é", (string?)records[0]!["body"]);
    }

    [Fact]
    public void A_batch_closes_at_its_size()
    {
        var batch = new MessageBatch(2);

        Assert.True(batch.TryAdd(Message("a", "1"), default));
        Assert.True(batch.TryAdd(Message("b", "2"), default));
        Assert.False(batch.TryAdd(Message("c", "3"), default));
        Assert.Equal(0, batch.Room);
    }

    [Fact]
    public void A_batch_closes_at_6_MB_of_event_exactly()
    {
        const int frame = 14;
        var half = LambdaLimits.MaxSynchronousPayloadBytes / 2;
        var rest = LambdaLimits.MaxSynchronousPayloadBytes - frame - half - 1;
        var batch = new MessageBatch(10);

        Assert.True(batch.TryAdd(Message("a", Text(half)), default));
        Assert.False(batch.TryAdd(Message("b", Text(rest + 1)), default));
        Assert.True(batch.TryAdd(Message("c", Text(rest)), default));
        Assert.False(batch.TryAdd(Message("d", "1"), default));
        Assert.Equal(LambdaLimits.MaxSynchronousPayloadBytes, batch.ToEvent().Length);
    }

    [Fact]
    public void A_message_that_is_too_large_on_its_own_is_a_batch_of_one()
    {
        var batch = new MessageBatch(10);

        Assert.True(batch.TryAdd(Message("a", Text(LambdaLimits.MaxSynchronousPayloadBytes)), default));
        Assert.False(batch.TryAdd(Message("b", "1"), default));
    }

    private static string Text(int bytes) => '"' + new string('x', bytes - 2) + '"';

    private static SourceRecord Message(string id, string record) =>
        new(id, "handle-" + id, Encoding.UTF8.GetBytes(record));
}
