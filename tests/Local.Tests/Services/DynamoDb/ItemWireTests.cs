using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Isobar.Local.Tests.Services.DynamoDb.DynamoDbOnPortZero;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class ItemWireTests
{
    [Fact]
    public async Task An_item_of_every_type_comes_back_through_the_sdk()
    {
        await using var host = await StartAsync();
        var item = Key("a", "b");
        item["n"] = new() { N = "-12.50" };
        item["bytes"] = new() { B = new MemoryStream([0, 255]) };
        item["yes"] = new() { BOOL = true };
        item["nothing"] = new() { NULL = true };
        item["strings"] = new() { SS = ["x", "y"] };
        item["numbers"] = new() { NS = ["1", "2"] };
        item["binaries"] = new() { BS = [new MemoryStream([1])] };
        item["list"] = new() { L = [new("é 😀"), new() { N = "7" }] };
        item["map"] = new() { M = new() { ["inner"] = new("value") } };
        await host.Client.PutItemAsync(Table, item);

        var read = (await host.Client.GetItemAsync(Table, Key("a", "b"), consistentRead: true)).Item;

        Assert.Equal(item.Keys.Order(), read.Keys.Order());
        Assert.Equal("-12.5", read["n"].N);
        Assert.Equal(new byte[] { 0, 255 }, read["bytes"].B.ToArray());
        Assert.True(read["yes"].BOOL);
        Assert.True(read["nothing"].NULL);
        Assert.Equal(["x", "y"], read["strings"].SS);
        Assert.Equal(["1", "2"], read["numbers"].NS);
        Assert.Equal(new byte[] { 1 }, read["binaries"].BS.Single().ToArray());
        Assert.Equal("é 😀", read["list"].L[0].S);
        Assert.Equal("value", read["map"].M["inner"].S);
    }

    [Fact]
    public async Task An_item_that_is_not_there_is_no_item_and_deleting_it_succeeds()
    {
        await using var host = await StartAsync();

        Assert.Null((await host.Client.GetItemAsync(Table, Key("a", "b"))).Item);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.DeleteItemAsync(Table, Key("a", "b"))).HttpStatusCode);
    }

    [Fact]
    public async Task Each_return_value_of_an_update_shows_what_it_says()
    {
        await using var host = await StartAsync();
        var item = Key("a", "b");
        (item["n"], item["other"]) = (Number(1), new("same"));
        await host.Client.PutItemAsync(Table, item);

        Assert.Null((await Update(ReturnValue.NONE)).Attributes);
        Assert.Equal("item=b job=a n=2 other=same", Show(await Update(ReturnValue.ALL_OLD)));
        Assert.Equal("item=b job=a n=4 other=same", Show(await Update(ReturnValue.ALL_NEW)));
        Assert.Equal("n=4", Show(await Update(ReturnValue.UPDATED_OLD)));
        Assert.Equal("n=6", Show(await Update(ReturnValue.UPDATED_NEW)));

        Task<UpdateItemResponse> Update(ReturnValue values) => host.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Table, Key = Key("a", "b"), UpdateExpression = "ADD n :one", ReturnValues = values,
            ExpressionAttributeValues = new() { [":one"] = Number(1) },
        });
    }

    [Fact]
    public async Task A_put_or_delete_can_return_the_old_item_and_no_new_one()
    {
        await using var host = await StartAsync();
        var put = new PutItemRequest { TableName = Table, Item = Key("a", "b"), ReturnValues = ReturnValue.ALL_OLD };

        Assert.Null((await host.Client.PutItemAsync(put)).Attributes);
        Assert.Equal("a", (await host.Client.PutItemAsync(put)).Attributes["job"].S);
        Assert.Equal("b", (await host.Client.DeleteItemAsync(
            new DeleteItemRequest(Table, Key("a", "b"), ReturnValue.ALL_OLD))).Attributes["item"].S);
        put.ReturnValues = ReturnValue.ALL_NEW;
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => host.Client.PutItemAsync(put));
        Assert.Equal(("ValidationException", "1 validation error detected: ReturnValues can only be ALL_OLD or NONE"),
            (error.ErrorCode, error.Message));
    }

    [Fact]
    public async Task A_failed_condition_is_a_typed_error_with_the_item_when_asked_for()
    {
        await using var host = await StartAsync();
        await host.Client.PutItemAsync(Table, Key("a", "b"));
        var put = new PutItemRequest
        {
            TableName = Table, Item = Key("a", "b"), ConditionExpression = "attribute_not_exists(job)",
        };

        var bare = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => host.Client.PutItemAsync(put));
        put.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        var full = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => host.Client.PutItemAsync(put));

        Assert.Equal("The conditional request failed", bare.Message);
        Assert.Null(bare.Item);
        Assert.Equal("b", full.Item["item"].S);
    }

    [Fact]
    public async Task A_missing_table_is_a_typed_error()
    {
        await using var host = await StartAsync();

        var error = await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => host.Client.GetItemAsync("nowhere", Key("a", "b")));

        Assert.Equal("Requested resource not found", error.Message);
    }

    [Fact]
    public async Task A_table_may_be_named_by_its_arn()
    {
        await using var host = await StartAsync();
        await host.Client.PutItemAsync("arn:aws:dynamodb:us-east-1:000000000000:table/jobs", Key("a", "b"));

        Assert.Equal("b", (await host.Client.GetItemAsync(Table, Key("a", "b"))).Item["item"].S);
    }

    [Fact]
    public async Task What_is_not_built_is_refused_and_not_ignored()
    {
        await using var host = await StartAsync();

        var legacy = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => host.Client.PutItemAsync(new PutItemRequest
        {
            TableName = Table, Item = Key("a", "b"), Expected = new() { ["job"] = new(false) },
        }));
        var metrics = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => host.Client.GetItemAsync(new GetItemRequest
        {
            TableName = Table, Key = Key("a", "b"), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        }));
        var operation = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => host.Client.ListBackupsAsync(new ListBackupsRequest()));

        Assert.Equal("ValidationException", legacy.ErrorCode);
        Assert.Equal("ValidationException", metrics.ErrorCode);
        Assert.Equal("UnknownOperationException", operation.ErrorCode);
        Assert.Null((await host.Client.GetItemAsync(Table, Key("a", "b"))).Item);
    }

    [Fact]
    public async Task An_error_has_the_form_of_the_json_protocol()
    {
        await using var host = await StartAsync();
        using var http = new HttpClient();
        using var request = RawRequest.Of(host.Address, "GetItem", """{"TableName":"jobs","Key":{"job":{"N":5}}}""");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/x-amz-json-1.0", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"__type\":\"com.amazonaws.dynamodb.v20120810#SerializationException\"",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Show(UpdateItemResponse response) => string.Join(' ', response.Attributes
        .OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => $"{entry.Key}={entry.Value.S ?? entry.Value.N}"));
}
