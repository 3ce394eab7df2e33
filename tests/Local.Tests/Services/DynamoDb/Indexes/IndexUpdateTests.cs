using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Isobar.Local.Tests.Services.DynamoDb.DynamoDbOnPortZero;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

/// <summary>Source of the texts: the findings of ack-api-quirks (table indexes, October 2026), from AWS.</summary>
public sealed class IndexUpdateTests
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private const string Create = """
        {"Create":{"IndexName":"by-state","KeySchema":[{"AttributeName":"state","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"ALL"}}}
        """;

    private const string Attribute = "\"AttributeDefinitions\":[{\"AttributeName\":\"state\",\"AttributeType\":\"S\"}]";

    [Fact]
    public async Task An_index_is_made_from_the_items_that_are_there_and_kept_up_to_date_until_it_is_deleted()
    {
        await using var host = await StartAsync();
        await PutAsync(host, "1", "open");
        await PutAsync(host, "2", "done");

        var made = await MakeAsync(host);
        await PutAsync(host, "3", "open");
        var open = await QueryAsync(host);
        var table = (await host.Client.DescribeTableAsync(Table)).Table;
        var deleted = (await host.OkAsync("UpdateTable", """
            {"TableName":"jobs","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"by-state"}}]}
            """)).GetProperty("TableDescription").GetProperty("GlobalSecondaryIndexes")[0];
        var after = (await host.Client.DescribeTableAsync(Table)).Table;

        Assert.Equal(("CREATING", false), (made.GetProperty("IndexStatus").GetString(),
            made.GetProperty("Backfilling").GetBoolean()));
        Assert.Equal(["1", "3"], open.Items.Select(item => item["item"].S));
        var index = Assert.Single(table.GlobalSecondaryIndexes);
        Assert.Equal((IndexStatus.ACTIVE, 3L), (index.IndexStatus, index.ItemCount));
        Assert.Equal(table.TableSizeBytes, index.IndexSizeBytes);
        Assert.Equal(3, table.AttributeDefinitions.Count);
        Assert.Equal("DELETING", deleted.GetProperty("IndexStatus").GetString());
        Assert.Null(after.GlobalSecondaryIndexes);
        Assert.Equal(["item", "job"], after.AttributeDefinitions.Select(attribute => attribute.AttributeName));
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => QueryAsync(host));
        Assert.Equal("The table does not have the specified index: by-state", error.Message);
    }

    [Theory]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[]", "ValidationException", "At least one of ProvisionedThroughput, "
        + "BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, "
        + "MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, "
        + "OnDemandThroughput, WarmThroughput or TableClass is required")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[],\"DeletionProtectionEnabled\":true", "ValidationException",
        Invalid + "List of GlobalSecondaryIndexUpdates is empty")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[{}]", "ValidationException", Invalid
        + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
        + "GlobalSecondaryIndexUpdate.Delete must not be null")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"one\"}},"
        + "{\"Delete\":{\"IndexName\":\"one\"}}]", "ValidationException", Invalid
        + "Only one global secondary index update per index is allowed simultaneously. Index: one")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"one\"}},"
        + "{\"Delete\":{\"IndexName\":\"two\"}}]", "LimitExceededException", "Subscriber limit exceeded: "
        + "Only 1 online index can be created or deleted simultaneously per table")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"ghost\"}}]",
        "ResourceNotFoundException", "Requested resource not found: Index ghost for table jobs")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"local\"}}]", "ValidationException",
        "Cannot delete an index that is not a GlobalSecondaryIndex: local")]
    [InlineData("\"GlobalSecondaryIndexUpdates\":[" + Create + "]", "ValidationException",
        Invalid + "AttributeDefinitions is not specified for index: by-state")]
    [InlineData("\"AttributeDefinitions\":[],\"GlobalSecondaryIndexUpdates\":[" + Create + "]", "ValidationException",
        Invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [state], "
        + "AttributeDefinitions: [job, item, at]")]
    [InlineData(Attribute + ",\"DeletionProtectionEnabled\":true,\"GlobalSecondaryIndexUpdates\":[" + Create + "]",
        "ValidationException", Invalid + "DeletionProtection modification must be the only operation in the request")]
    [InlineData(Attribute + ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"KEYS_ONLY\"},"
        + "\"GlobalSecondaryIndexUpdates\":[" + Create + "]",
        "ValidationException", Invalid + "You cannot create or delete index while changing stream status")]
    public async Task What_UpdateTable_can_not_do_with_indexes_changes_nothing(
        string members, string code, string message)
    {
        await using var host = await StartAsync();
        await host.Client.DeleteTableAsync(Table);
        await host.OkAsync("CreateTable", """
            {"TableName":"jobs","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
            {"AttributeName":"job","AttributeType":"S"},{"AttributeName":"item","AttributeType":"S"},
            {"AttributeName":"at","AttributeType":"N"}],
            "KeySchema":[{"AttributeName":"job","KeyType":"HASH"},{"AttributeName":"item","KeyType":"RANGE"}],
            "LocalSecondaryIndexes":[{"IndexName":"local","Projection":{"ProjectionType":"ALL"},"KeySchema":[
            {"AttributeName":"job","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}]}
            """);

        Assert.Equal((code, message), await host.ErrorAsync("UpdateTable", $"{{\"TableName\":\"jobs\",{members}}}"));
        var table = (await host.Client.DescribeTableAsync(Table)).Table;
        Assert.Null(table.GlobalSecondaryIndexes);
        Assert.False(table.DeletionProtectionEnabled);
    }

    [Fact]
    public async Task An_index_is_not_made_twice()
    {
        await using var host = await StartAsync();
        await MakeAsync(host);

        Assert.Equal(("ValidationException", "Attempting to create an index which already exists"),
            await host.ErrorAsync("UpdateTable", Creation));
    }

    [Theory]
    [InlineData("ALL_PROJECTED_ATTRIBUTES", null, null,
        "1 validation error detected: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")]
    [InlineData("COUNT", "by-state", "job", "1 validation error detected: "
        + "Cannot specify the ProjectionExpression when choosing to get only the Count")]
    [InlineData("ALL_PROJECTED_ATTRIBUTES", "by-state", "job", "1 validation error detected: "
        + "Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES")]
    public async Task A_choice_of_attributes_has_to_fit(
        string select, string? index, string? projection, string message)
    {
        await using var host = await StartAsync();
        await MakeAsync(host);
        var query = Query(index);
        (query.Select, query.ProjectionExpression) = (select, projection);

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => host.Client.QueryAsync(query));

        // Source: getmoto/moto, test_dynamodb_select.py, made against AWS.
        Assert.Equal(message, error.Message);
    }

    private const string Creation =
        "{\"TableName\":\"jobs\"," + Attribute + ",\"GlobalSecondaryIndexUpdates\":[" + Create + "]}";

    private static async Task<System.Text.Json.JsonElement> MakeAsync(DynamoDbOnPortZero host) =>
        (await host.OkAsync("UpdateTable", Creation)).GetProperty("TableDescription")
            .GetProperty("GlobalSecondaryIndexes")[0];

    private static Task PutAsync(DynamoDbOnPortZero host, string item, string state)
    {
        var values = Key("a", item);
        values["state"] = new AttributeValue(state);
        return host.Client.PutItemAsync(Table, values);
    }

    private static QueryRequest Query(string? index) => new()
    {
        TableName = Table, IndexName = index,
        KeyConditionExpression = index is null ? "job = :v" : "#s = :v",
        ExpressionAttributeNames = index is null ? null : new() { ["#s"] = "state" },
        ExpressionAttributeValues = new() { [":v"] = new("open") },
    };

    private static Task<QueryResponse> QueryAsync(DynamoDbOnPortZero host) => host.Client.QueryAsync(Query("by-state"));
}
