using System.Text;
using System.Text.Json;
using Isobar.Local.Services;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class QueueSourceTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_mapping_waits_without_limit_and_gets_the_record_of_an_event()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var url = await sqs.CreateAsync("chunks");
        var receive = sqs.Reader("chunks").ReceiveAsync(10_000, default).AsTask();
        sqs.World.Clock.JumpBy(TimeSpan.FromDays(1));
        await sqs.PostAsync("SendMessage", $$$"""
            {"QueueUrl":"{{{url}}}","MessageBody":"{\"n\":1}","MessageAttributes":{
              "Author":{"DataType":"String","StringValue":"x"},"Mark":{"DataType":"Binary","BinaryValue":"AAE="} } }
            """);

        var message = Assert.Single((await receive.WaitAsync(Bound)).Records);

        using var document = JsonDocument.Parse(message.EventRecord);
        var record = document.RootElement;
        var now = record.GetProperty("attributes").GetProperty("SentTimestamp").GetString();
        Assert.Equal($$$"""
            {"messageId":"{{{message.Id}}}","receiptHandle":"{{{message.Handle}}}","body":"{\"n\":1}",
            "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"{{{now}}}","SenderId":"000000000000",
            "ApproximateFirstReceiveTimestamp":"{{{now}}}"},
            "messageAttributes":{"Author":{"stringValue":"x","stringListValues":[],
            "binaryListValues":[],"dataType":"String"},
            "Mark":{"binaryValue":"AAE=","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}},
            "md5OfMessageAttributes":"{{{record.GetProperty("md5OfMessageAttributes")}}}",
            "md5OfBody":"{{{record.GetProperty("md5OfBody")}}}",
            "eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:chunks",
            "awsRegion":"us-east-1"}
            """.ReplaceLineEndings(""), Encoding.UTF8.GetString(message.EventRecord.Span));
    }

    [Fact]
    public async Task A_message_without_attributes_has_no_digest_of_them()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");
        await sqs.Module.DeliverAsync(SqsOnPortZero.ArnOf("chunks"), "{}"u8.ToArray(), default);

        var message = Assert.Single((await sqs.Reader("chunks").ReceiveAsync(1, default)).Records);

        using var record = JsonDocument.Parse(message.EventRecord);
        Assert.Equal(JsonValueKind.Null, record.RootElement.GetProperty("md5OfMessageAttributes").ValueKind);
        Assert.Equal("{}", record.RootElement.GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_service_can_deliver_attributes_and_they_obey_the_rules_of_others()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");
        Dictionary<string, TargetAttribute> Attributes(int count) => Enumerable.Range(0, count).ToDictionary(
            i => $"a{i}", i => i == 0 ? new TargetAttribute("Binary", new byte[] { 0 }) : TargetAttribute.Number(i));
        ValueTask Deliver(int count) => sqs.Module.DeliverAsync(
            SqsOnPortZero.ArnOf("chunks"),
            new TargetEvent("{}"u8.ToArray(), Tests.Services.Deliver.Nobody)
            {
                Attributes = Attributes(count),
            },
            default);

        await Deliver(2);
        await Assert.ThrowsAsync<AwsException>(() => Deliver(11).AsTask());

        var message = Assert.Single((await sqs.Reader("chunks").ReceiveAsync(2, default)).Records);
        using var record = JsonDocument.Parse(message.EventRecord);
        var attributes = record.RootElement.GetProperty("messageAttributes");
        Assert.Equal("AA==", attributes.GetProperty("a0").GetProperty("binaryValue").GetString());
        Assert.Equal("1", attributes.GetProperty("a1").GetProperty("stringValue").GetString());
    }

    [Fact]
    public async Task A_message_that_is_handed_out_holds_the_clock_until_its_receiver_has_done_with_it()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");
        var receive = sqs.Reader("chunks").ReceiveAsync(1, default).AsTask();
        Assert.Equal(0, sqs.World.Activity.UnderWay);

        await sqs.Module.DeliverAsync(SqsOnPortZero.ArnOf("chunks"), "{}"u8.ToArray(), default);

        var (messages, work) = await receive.WaitAsync(Bound);
        Assert.Single(messages);
        Assert.Null(sqs.World.Clock.TryStep(sqs.World.Clock.GetUtcNow().AddHours(1)));
        work!.Dispose();
        Assert.True(await sqs.World.Activity.WaitForQuietAsync(Bound, default));
        Assert.NotNull(sqs.World.Clock.TryStep(sqs.World.Clock.GetUtcNow().AddHours(1)));
    }

    [Fact]
    public async Task A_returned_message_comes_again_after_its_time_and_a_deleted_one_does_not()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks", ("VisibilityTimeout", "600"));
        var queue = SqsOnPortZero.ArnOf("chunks");
        var reader = sqs.Reader("chunks");
        Assert.Equal(TimeSpan.FromMinutes(10), reader.HoldTime);
        Assert.Null(sqs.Reader("none").HoldTime);
        await sqs.Module.DeliverAsync(queue, "done"u8.ToArray(), default);
        await sqs.Module.DeliverAsync(queue, "again"u8.ToArray(), default);
        var (batch, _) = await reader.ReceiveAsync(10, default);
        Assert.Equal(2, batch.Count);

        await reader.CompleteAsync([batch[0].Handle, "never issued"], default);
        await reader.ReturnAsync(
            [batch[0].Handle, batch[1].Handle], TimeSpan.FromSeconds(5), default);
        var next = reader.ReceiveAsync(10, default).AsTask();
        Assert.False(next.IsCompleted);
        sqs.World.Clock.JumpBy(TimeSpan.FromSeconds(5));

        Assert.Equal(batch[1].Id, Assert.Single((await next.WaitAsync(Bound)).Records).Id);
    }

    [Fact]
    public async Task A_cancelled_receive_loses_no_message()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        await sqs.CreateAsync("chunks");
        var queue = SqsOnPortZero.ArnOf("chunks");
        var reader = sqs.Reader("chunks");
        for (var round = 0; round < 200; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var receive = reader.ReceiveAsync(1, cancellation.Token).AsTask();
            await Task.WhenAll(
                Task.Run(cancellation.Cancel),
                Task.Run(() => sqs.Module.DeliverAsync(queue, "a"u8.ToArray(), default).AsTask()));
            var batch = await Received(receive)
                ?? (await reader.ReceiveAsync(1, default).AsTask().WaitAsync(Bound)).Records;
            await reader.CompleteAsync([Assert.Single(batch).Handle], default);
        }

        async Task<IReadOnlyList<SourceRecord>?> Received(
            Task<ReceivedRecords> receive)
        {
            try
            {
                return (await receive.WaitAsync(Bound)).Records;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_can_be_neither_read_nor_delivered_to()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();
        var none = SqsOnPortZero.ArnOf("none");

        Assert.False(sqs.Module.Exists(none));
        await Assert.ThrowsAsync<AwsException>(() => sqs.Reader("none").ReceiveAsync(1, default).AsTask());
        await Assert.ThrowsAsync<AwsException>(() => sqs.Module.DeliverAsync(none, "a"u8.ToArray(), default).AsTask());
        await sqs.Reader("none").CompleteAsync(["x"], default);
    }
}
