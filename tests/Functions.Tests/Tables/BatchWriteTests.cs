using System.Threading.Channels;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Tables;

namespace Isobar.Functions.Tests.Tables;

public sealed class BatchWriteTests
{
    private readonly ImmediateTime clock = new();

    [Fact]
    public async Task Items_are_put_25_at_a_time()
    {
        using var client = new PartialDynamoDb(processed: 25);
        await PutAsync(client, 60);
        Assert.Equal([25, 25, 10], client.Asked);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task Four_calls_are_under_way_at_a_time()
    {
        using var client = new HeldDynamoDb();
        var put = PutAsync(client, 25 * 9);
        foreach (var begun in (int[])[4, 5, 6, 7, 8, 9])
        {
            await client.BegunAsync(begun);
            client.AnswerOne();
        }

        for (var left = 0; left < 3; left++) client.AnswerOne();
        await put;
    }

    [Fact]
    public async Task After_a_call_that_fails_no_other_begins_and_those_under_way_are_waited_for()
    {
        using var client = new HeldDynamoDb();
        var put = PutAsync(client, 25 * 9);
        await client.BegunAsync(4);
        client.FailOne();
        for (var left = 0; left < 3; left++)
        {
            Assert.False(put.IsCompleted);
            client.AnswerOne();
        }

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => put);
        await client.BegunAsync(4);
    }

    [Fact]
    public async Task Unprocessed_items_are_put_again_after_a_wait_that_grows()
    {
        using var client = new PartialDynamoDb(processed: 10);
        await PutAsync(client, 25);
        Assert.Equal([25, 15, 5], client.Asked);
        Assert.Equal([20, 40], clock.Waits.Select(wait => wait.TotalMilliseconds));
        Assert.Equal(Enumerable.Range(0, 25), client.Written);
    }

    [Fact]
    public async Task After_five_calls_that_left_items_unprocessed_the_write_fails()
    {
        using var client = new PartialDynamoDb(processed: 0);
        var failure = await Assert.ThrowsAsync<IOException>(() => PutAsync(client, 3));
        Assert.Equal("DynamoDB left items of table Table unprocessed 5 times.", failure.Message);
        Assert.Equal((5, 4), (client.Asked.Count, clock.Waits.Count));
    }

    [Fact]
    public async Task Without_items_nothing_is_called()
    {
        using var client = new PartialDynamoDb(processed: 0);
        await PutAsync(client, 0);
        Assert.Empty(client.Asked);
    }

    private Task PutAsync(IAmazonDynamoDB client, int items) =>
        new BatchWrite(client, "Table", new Backoff(new Longest(), clock)).PutAsync(
            Enumerable.Range(0, items).Select(number => new Dictionary<string, AttributeValue>
            {
                ["key"] = Attributes.Number(number),
            }),
            default);

    private sealed class Longest : Random
    {
        public override double NextDouble() => 1;
    }

    /// <summary>Writes some of the items and leaves the others unprocessed.</summary>
    private sealed class PartialDynamoDb(int processed)
        : AmazonDynamoDBClient(TableOnPortZero.Credentials, Amazon.RegionEndpoint.USEast1)
    {
        public List<int> Asked { get; } = [];

        public List<int> Written { get; } = [];

        public override Task<BatchWriteItemResponse> BatchWriteItemAsync(
            BatchWriteItemRequest request, CancellationToken cancellationToken = default)
        {
            var writes = request.RequestItems["Table"];
            Asked.Add(writes.Count);
            Written.AddRange(writes.Take(processed).Select(write => int.Parse(write.PutRequest.Item["key"].N)));
            var rest = writes.Skip(processed).ToList();
            return Task.FromResult(new BatchWriteItemResponse
            {
                UnprocessedItems = rest.Count == 0 ? [] : new() { ["Table"] = rest },
            });
        }
    }

    /// <summary>Answers no call before it is told to.</summary>
    private sealed class HeldDynamoDb()
        : AmazonDynamoDBClient(TableOnPortZero.Credentials, Amazon.RegionEndpoint.USEast1)
    {
        private readonly Channel<TaskCompletionSource<BatchWriteItemResponse>> asked =
            Channel.CreateUnbounded<TaskCompletionSource<BatchWriteItemResponse>>();

        private readonly Queue<TaskCompletionSource<BatchWriteItemResponse>> held = [];
        private int begun;

        public override Task<BatchWriteItemResponse> BatchWriteItemAsync(
            BatchWriteItemRequest request, CancellationToken cancellationToken = default)
        {
            var call = new TaskCompletionSource<BatchWriteItemResponse>();
            asked.Writer.TryWrite(call);
            return call.Task;
        }

        /// <summary>Waits until as many have begun in all, and sees that no other has.</summary>
        public async Task BegunAsync(int all)
        {
            for (; begun < all; begun++)
                held.Enqueue(await asked.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
            Assert.False(asked.Reader.TryRead(out _), $"More than {all} calls have begun.");
        }

        public void AnswerOne() => held.Dequeue().SetResult(new BatchWriteItemResponse());

        public void FailOne() => held.Dequeue().SetException(new ResourceNotFoundException("No such table."));
    }
}
