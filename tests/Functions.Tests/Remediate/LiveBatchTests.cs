using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Isobar.Readings;
using Isobar.Remediate;

namespace Isobar.Functions.Tests.Remediate;

public sealed class LiveBatchTests : IAsyncLifetime, IReadingStream
{
    private const string Key = "aws/lambda/14e0db71-xmpl-4eb5-b481-8945cf9d10c2/shardId-000000000000/2026/11/30/x";

    private readonly List<StreamEntry> put = [];
    private int refused;
    private BucketsOnPortZero buckets = null!;

    public async ValueTask InitializeAsync() => buckets = await BucketsOnPortZero.StartAsync("data");

    public ValueTask DisposeAsync() => buckets.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_records_of_a_failed_batch_are_put_again_as_they_were(bool isText)
    {
        await WriteAsync(isText ? JsonValue.Create(Payload().ToJsonString()) : Payload());
        var remedy = await ResendAsync(Key);
        Assert.Equal((null, "resent", Key, 2), (remedy.ImportId, remedy.Action, remedy.Batch, remedy.Records));
        Assert.Equal(["XIW00000001", "XIW00000002"], put.Select(entry => entry.Key));
        Assert.Equal([1, 2, 3], put[0].Data);
    }

    [Fact]
    public async Task A_batch_may_be_sent_again_any_number_of_times()
    {
        await WriteAsync(Payload());
        await ResendAsync(Key);
        await ResendAsync(Key);
        Assert.Equal(4, put.Count);
    }

    [Fact]
    public async Task If_the_stream_refuses_records_the_invocation_fails_and_is_tried_again()
    {
        await WriteAsync(Payload());
        refused = 1;
        var failure = await Assert.ThrowsAsync<IOException>(() => ResendAsync(Key));
        Assert.Contains("1 of 2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws/lambda/other")]
    [InlineData("curated/x")]
    [InlineData("")]
    public async Task A_key_of_no_failed_batch_is_refused(string key)
    {
        await buckets.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "data", Key = "curated/x", ContentBody = Record(Payload()).ToJsonString(),
        });
        var failure = await Assert.ThrowsAsync<BatchMissingException>(() => ResendAsync(key));
        // Without ListBucket, S3 answers both in the same way.
        Assert.Contains("no such object", failure.Message, StringComparison.Ordinal);
        Assert.Contains("may not read it", failure.Message, StringComparison.Ordinal);
        Assert.Empty(put);
    }

    [Theory]
    [InlineData("KinesisBatchInfo", "{}")]
    [InlineData("KinesisBatchInfo", """{"streamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/other"}""")]
    [InlineData("KinesisBatchInfo", """{"streamArn":7}""")]
    [InlineData("payload", "null")]
    [InlineData("payload", "\"x\"")]
    [InlineData("payload", """{"Records":[]}""")]
    [InlineData("payload", """{"Records":[{"kinesis":{"partitionKey":"a"}}]}""")]
    [InlineData("payload", """{"Records":[{"kinesis":{"partitionKey":"a","data":"*"}}]}""")]
    public async Task An_object_that_is_no_failed_batch_of_the_stream_is_refused(string member, string value)
    {
        var record = Record(Payload());
        record[member] = JsonNode.Parse(value);
        await WriteTextAsync(record.ToJsonString());
        await Assert.ThrowsAsync<InvalidDataException>(() => ResendAsync(Key));
        Assert.Empty(put);
    }

    [Fact]
    public async Task An_object_that_is_no_JSON_is_refused()
    {
        await WriteTextAsync("no JSON");
        await Assert.ThrowsAsync<InvalidDataException>(() => ResendAsync(Key));
    }

    [Fact]
    public async Task Without_live_readings_there_is_nothing_to_resend() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Function(null!, null!).Handle(
            new RemediateEvent(null, null, default, null) { ResendBatch = Key }, new Invocation()));

    Task<PutOutcome> IReadingStream.PutAsync(
        IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken)
    {
        put.AddRange(entries);
        return Task.FromResult(new PutOutcome([.. Enumerable.Range(0, refused)], refused > 0 ? "throttled" : null));
    }

    private static JsonNode Payload() => JsonNode.Parse("""
        {"Records":[
          {"kinesis":{"partitionKey":"XIW00000001","data":"AQID","sequenceNumber":"1"},"eventSource":"aws:kinesis"},
          {"kinesis":{"partitionKey":"XIW00000002","data":"","sequenceNumber":"2"},"eventSource":"aws:kinesis"}]}
        """)!;

    private static JsonNode Record(JsonNode payload)
    {
        var record = JsonNode.Parse("""
            {"requestContext":{"condition":"RetryAttemptsExhausted","approximateInvokeCount":5},"version":"1.0",
             "KinesisBatchInfo":{"shardId":"shardId-000000000000","batchSize":2,
               "streamArn":"arn:aws:kinesis:us-east-1:000000000000:stream/isobar-readings"}}
            """)!;
        record["payload"] = payload;
        return record;
    }

    private Task WriteAsync(JsonNode payload) => WriteTextAsync(Record(payload).ToJsonString());

    private Task WriteTextAsync(string text) => buckets.Client.PutObjectAsync(
        new PutObjectRequest { BucketName = "data", Key = Key, ContentBody = text });

    private Task<Remedy> ResendAsync(string key) => new Function(
        null!, null!, new LiveBatches(new FailedBatches(buckets.Client, "data", "isobar-readings"), this)).Handle(
        new RemediateEvent(null, null, default, null) { ResendBatch = key }, new Invocation());
}
