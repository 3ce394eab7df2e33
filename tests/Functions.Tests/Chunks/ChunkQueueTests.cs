using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Isobar.Chunks;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Chunks;

public sealed class ChunkQueueTests
{
    private const string Url = "http://127.0.0.1/000000000000/chunks";

    private static readonly IReadOnlyList<ChunkMessage> Messages =
        [.. Enumerable.Range(0, 23).Select(index => Examples.Chunk(Examples.Job(chunks: 23), index))];

    [Fact]
    public async Task Every_message_is_sent_once_in_batches_of_at_most_ten()
    {
        using var sqs = new RecordingSqs();
        await new ChunkQueue(sqs, Url).SendAsync(Messages, default);

        Assert.Equal([10, 10, 3], sqs.Requests.Select(request => request.Entries.Count));
        Assert.All(sqs.Requests, request => Assert.Equal(Url, request.QueueUrl));
        Assert.All(sqs.Requests, request => Assert.Distinct(request.Entries.Select(entry => entry.Id)));
        Assert.Equal(
            Messages,
            from request in sqs.Requests
            from entry in request.Entries
            select ChunkMessage.FromJson(entry.MessageBody));
    }

    [Fact]
    public async Task A_batch_of_which_one_message_is_not_taken_fails_the_invocation()
    {
        using var sqs = new RecordingSqs(refused: "7");
        var failure = await Assert.ThrowsAsync<IOException>(
            () => new ChunkQueue(sqs, Url).SendAsync(Messages, default));
        Assert.Equal("1 chunk messages were rejected: InternalError Try again.", failure.Message);
        Assert.Single(sqs.Requests);
    }

    [Fact]
    public async Task Without_messages_nothing_is_sent()
    {
        using var sqs = new RecordingSqs();
        await new ChunkQueue(sqs, Url).SendAsync([], default);
        Assert.Empty(sqs.Requests);
    }

    private sealed class RecordingSqs(string? refused = null) : AmazonSQSClient(
        new AnonymousAWSCredentials(), new AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
    {
        public List<SendMessageBatchRequest> Requests { get; } = [];

        public override Task<SendMessageBatchResponse> SendMessageBatchAsync(
            SendMessageBatchRequest request, CancellationToken cancellationToken = default)
        {
            Requests.Add(request);
            // As the SDK does, a list without elements is null.
            return Task.FromResult(new SendMessageBatchResponse
            {
                Failed = refused is null
                    ? null
                    : [new BatchResultErrorEntry { Id = refused, Code = "InternalError", Message = "Try again." }],
            });
        }
    }
}
