using Amazon.DynamoDBv2.Model;
using static Isobar.Local.Tests.Services.DynamoDb.DynamoDbOnPortZero;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>
/// What the application does when a chunk is done: put the chunk if absent, add its counts to the job.
/// </summary>
public sealed class JobsTransactionTests
{
    [Fact]
    public async Task A_chunk_that_is_committed_twice_counts_once_and_the_second_time_says_why()
    {
        await using var host = await StartAsync();
        await host.Client.PutItemAsync(Table, Key("j", "job"));
        await host.Client.TransactWriteItemsAsync(Commit(start: 0, rows: 10));
        await host.Client.TransactWriteItemsAsync(Commit(start: 8, rows: 5));

        var error = await Assert.ThrowsAsync<TransactionCanceledException>(
            () => host.Client.TransactWriteItemsAsync(Commit(start: 0, rows: 10)));

        Assert.Equal(["ConditionalCheckFailed", "None"], error.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("The conditional request failed", error.CancellationReasons[0].Message);
        Assert.Equal("chunk#0", error.CancellationReasons[0].Item["item"].S);
        var job = (await host.Client.GetItemAsync(Table, Key("j", "job"))).Item;
        Assert.Equal(("2", "15", "13", "2"), (job["done"].N, job["rows"].N, job["accepted"].N, job["missing"].N));
        var chunks = await host.Client.QueryAsync(new QueryRequest
        {
            TableName = Table, KeyConditionExpression = "job = :job AND begins_with(#item, :chunk)",
            ExpressionAttributeNames = new() { ["#item"] = "item" },
            ExpressionAttributeValues = new() { [":job"] = new("j"), [":chunk"] = new("chunk#") },
        });
        Assert.Equal(["chunk#0", "chunk#8"], chunks.Items.Select(item => item["item"].S));
    }

    [Fact]
    public async Task The_same_token_does_the_same_transaction_once_and_refuses_another()
    {
        await using var host = await StartAsync();
        var add = new TransactWriteItemsRequest
        {
            ClientRequestToken = "token",
            TransactItems = [AddToJob("ADD done :one", new() { [":one"] = Number(1) })],
        };
        await host.Client.PutItemAsync(Table, Key("j", "job"));
        await host.Client.TransactWriteItemsAsync(add);
        await host.Client.TransactWriteItemsAsync(add);
        add.TransactItems[0].Update.ExpressionAttributeValues[":one"] = Number(2);

        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => host.Client.TransactWriteItemsAsync(add));
        Assert.Equal("1", (await host.Client.GetItemAsync(Table, Key("j", "job"))).Item["done"].N);
        host.World.Clock.JumpBy(TimeSpan.FromMinutes(10));
        await host.Client.TransactWriteItemsAsync(add);
        Assert.Equal("3", (await host.Client.GetItemAsync(Table, Key("j", "job"))).Item["done"].N);
    }

    [Fact]
    public async Task Commits_at_the_same_time_all_count()
    {
        await using var host = await StartAsync();
        await host.Client.PutItemAsync(Table, Key("j", "job"));

        await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => host.Client.TransactWriteItemsAsync(Commit(i, rows: i))));

        var job = (await host.Client.GetItemAsync(Table, Key("j", "job"))).Item;
        Assert.Equal(("64", $"{Enumerable.Range(0, 64).Sum()}"), (job["done"].N, job["rows"].N));
    }

    [Fact]
    public async Task A_transaction_has_at_most_100_items()
    {
        await using var host = await StartAsync();
        var items = Enumerable.Range(0, 101).Select(i => new TransactWriteItem
        {
            Put = new Put { TableName = Table, Item = Key("j", $"{i}") },
        }).ToList();

        var error = await Assert.ThrowsAnyAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(
            () => host.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = items }));
        Assert.Equal("ValidationException", error.ErrorCode);
        items.RemoveAt(100);
        await host.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = items });
        var read = await host.Client.TransactGetItemsAsync(new TransactGetItemsRequest
        {
            TransactItems =
            [
                new() { Get = new Get { TableName = Table, Key = Key("j", "99"), ProjectionExpression = "job" } },
                new() { Get = new Get { TableName = Table, Key = Key("j", "100") } },
            ],
        });
        Assert.Equal("j", Assert.Single(read.Responses[0].Item).Value.S);
        Assert.Null(read.Responses[1].Item);
    }

    private static TransactWriteItemsRequest Commit(long start, long rows)
    {
        var chunk = Key("j", $"chunk#{start}");
        chunk["rows"] = Number(rows);
        return new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new()
                {
                    Put = new Put
                    {
                        TableName = Table, Item = chunk, ConditionExpression = "attribute_not_exists(job)",
                        ReturnValuesOnConditionCheckFailure = "ALL_OLD",
                    },
                },
                AddToJob(
                    "ADD done :one, #rows :rows, accepted :accepted, flagged :zero, #missing :one, malformed :zero",
                    new()
                    {
                        [":one"] = Number(1), [":zero"] = Number(0),
                        [":rows"] = Number(rows), [":accepted"] = Number(rows - 1),
                    }),
            ],
        };
    }

    private static TransactWriteItem AddToJob(string update, Dictionary<string, AttributeValue> values) => new()
    {
        Update = new Update
        {
            TableName = Table, Key = Key("j", "job"), UpdateExpression = update,
            ConditionExpression = "attribute_exists(job)", ExpressionAttributeValues = values,
            ExpressionAttributeNames = update.Contains('#', StringComparison.Ordinal)
                ? new() { ["#rows"] = "rows", ["#missing"] = "missing" } // Both words are reserved.
                : null,
        },
    };
}
