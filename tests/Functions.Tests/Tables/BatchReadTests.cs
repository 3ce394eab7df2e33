using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Tables;

namespace Isobar.Functions.Tests.Tables;

public sealed class BatchReadTests
{
    private readonly ImmediateTime clock = new();

    [Fact]
    public async Task Keys_are_asked_for_a_hundred_at_a_time()
    {
        using var client = new PartialDynamoDb(answered: 100);
        Assert.Equal(250, (await ReadAsync(client, 250)).Count);
        Assert.Equal([100, 100, 50], client.Asked);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task Unprocessed_keys_are_asked_for_again_after_a_wait_that_grows()
    {
        using var client = new PartialDynamoDb(answered: 30);
        Assert.Equal(100, (await ReadAsync(client, 100)).Count);
        Assert.Equal([100, 70, 40, 10], client.Asked);
        Assert.Equal([20, 40, 80], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task After_five_calls_that_left_keys_unprocessed_the_read_fails()
    {
        using var client = new PartialDynamoDb(answered: 0);
        var failure = await Assert.ThrowsAsync<IOException>(() => ReadAsync(client, 3));
        Assert.Equal("DynamoDB left keys of table Table unprocessed 5 times.", failure.Message);
        Assert.Equal((5, 4), (client.Asked.Count, clock.Waits.Count));
    }

    [Fact]
    public async Task Without_keys_nothing_is_asked_for()
    {
        using var client = new PartialDynamoDb(answered: 0);
        Assert.Empty(await ReadAsync(client, 0));
        Assert.Empty(client.Asked);
    }

    private Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ReadAsync(IAmazonDynamoDB client, int keys) =>
        new BatchRead(client, "Table", new Backoff(new Longest(), clock)).ItemsAsync(
            Enumerable.Range(0, keys).Select(number => new Dictionary<string, AttributeValue>
            {
                ["key"] = Attributes.Number(number),
            }),
            consistentRead: true, default);

    private sealed class Longest : Random
    {
        public override double NextDouble() => 1;
    }

    /// <summary>Returns an item for some of the keys and leaves the others unprocessed.</summary>
    private sealed class PartialDynamoDb(int answered)
        : AmazonDynamoDBClient(TableOnPortZero.Credentials, Amazon.RegionEndpoint.USEast1)
    {
        public List<int> Asked { get; } = [];

        public override Task<BatchGetItemResponse> BatchGetItemAsync(
            BatchGetItemRequest request, CancellationToken cancellationToken = default)
        {
            var keys = request.RequestItems["Table"].Keys;
            Asked.Add(keys.Count);
            var rest = keys.Skip(answered).ToList();
            return Task.FromResult(new BatchGetItemResponse
            {
                Responses = new() { ["Table"] = [.. keys.Take(answered)] },
                UnprocessedKeys = rest.Count == 0
                    ? []
                    : new() { ["Table"] = new KeysAndAttributes { Keys = rest, ConsistentRead = true } },
            });
        }
    }
}
