using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Isobar.Local.Tests.Services.DynamoDb.DynamoDbOnPortZero;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class TableWireTests
{
    [Fact]
    public async Task A_table_is_described_as_it_was_created()
    {
        await using var host = await StartAsync();
        await host.Client.PutItemAsync(Table, Key("a", "b"));

        var table = (await host.Client.DescribeTableAsync(Table)).Table;

        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/jobs", table.TableArn);
        Assert.Equal(["job", "item"], table.KeySchema.Select(key => key.AttributeName));
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal((12_000, 4_000, TableStatus.ACTIVE), (table.WarmThroughput.ReadUnitsPerSecond,
            table.WarmThroughput.WriteUnitsPerSecond, table.WarmThroughput.Status));
        Assert.Equal(1, table.ItemCount);
        Assert.Equal("job".Length + "a".Length + "item".Length + "b".Length + 100, table.TableSizeBytes);
        Assert.InRange(table.CreationDateTime!.Value.ToUniversalTime(),
            DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow);
    }

    [Fact]
    public async Task Tables_are_listed_in_pages_and_deleted()
    {
        await using var host = await StartAsync();
        foreach (var name in (string[])["alpha", "zulu", "beta"]) await CreateAsync(host, name);

        var first = await host.Client.ListTablesAsync(new ListTablesRequest { Limit = 3 });
        var second = await host.Client.ListTablesAsync(first.LastEvaluatedTableName);
        var deleted = await host.Client.DeleteTableAsync("beta");

        Assert.Equal(["alpha", "beta", "jobs"], first.TableNames);
        Assert.Equal("jobs", first.LastEvaluatedTableName);
        Assert.Equal(["zulu"], second.TableNames);
        Assert.Null(second.LastEvaluatedTableName);
        Assert.Equal(TableStatus.DELETING, deleted.TableDescription.TableStatus);
        var error = await Assert.ThrowsAsync<ResourceNotFoundException>(() => host.Client.DescribeTableAsync("beta"));
        Assert.Equal("Requested resource not found: Table: beta not found", error.Message);
    }

    [Fact]
    public async Task A_second_table_of_the_same_name_is_refused()
    {
        await using var host = await StartAsync();

        await Assert.ThrowsAsync<ResourceInUseException>(() => CreateAsync(host, Table));
    }

    [Theory]
    [InlineData("x", "TableName must be at least 3 characters long and at most 255 characters long")]
    [InlineData("a b c", "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: "
        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    public async Task A_table_name_has_3_to_255_plain_characters(string name, string message)
    {
        await using var host = await StartAsync();

        Assert.Equal(message,
            (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => CreateAsync(host, name))).Message);
    }

    private static Task CreateAsync(DynamoDbOnPortZero host, string name) =>
        host.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = name, BillingMode = BillingMode.PAY_PER_REQUEST, KeySchema = [new("pk", KeyType.HASH)],
            AttributeDefinitions = [new("pk", ScalarAttributeType.N)],
        });
}
