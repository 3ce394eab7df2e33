using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class TransactionTests
{
    [Fact]
    public void One_write_that_fails_leaves_all_of_them_undone_and_each_gets_its_reason()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        state.Write(new ItemPut(table, SampleTable.Item("there", ("color", "red"))), default);
        var before = ItemText.Json(state.GetItem(table, SampleTable.Item("there")));

        var error = Assert.Throws<AwsException>(() => state.Transact(null, "", [
            new ItemPut(table, SampleTable.Item("fresh")),
            new ItemPut(table, SampleTable.Item("there"), ItemText.Condition("attribute_not_exists(pk)"), true),
            new ItemUpdate(table, SampleTable.Item("gone"), ItemText.Update("SET a = b")),
        ], default));

        Assert.Equal("TransactionCanceledException", error.Code);
        Assert.Equal("Transaction cancelled, please refer cancellation reasons for specific reasons "
            + "[None, ConditionalCheckFailed, ValidationError]", error.Message);
        var reasons = error.Members!["CancellationReasons"]!.AsArray();
        Assert.Equal("""{"Code":"None"}""", reasons[0]!.ToJsonString());
        Assert.Equal("red", (string?)reasons[1]!["Item"]!["color"]!["S"]);
        Assert.Equal("The provided expression refers to an attribute that does not exist in the item",
            (string?)reasons[2]!["Message"]);
        Assert.Null(state.GetItem(table, SampleTable.Item("fresh")));
        Assert.Equal(before, ItemText.Json(state.GetItem(table, SampleTable.Item("there"))));
    }

    [Fact]
    public void Two_writes_to_one_item_are_refused()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);

        Assert.Equal("Transaction request cannot include multiple operations on one item",
            Assert.Throws<AwsException>(() => state.Transact(null, "", [
                new ItemPut(table, SampleTable.Item("a")),
                new ItemDelete(table, SampleTable.Item("a"))], default)).Message);
    }

    [Fact]
    public void A_condition_check_changes_nothing()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        var check = new ItemCheck(table, SampleTable.Item("a"), ItemText.Condition("attribute_not_exists(pk)"), false);

        state.Transact(null, "", [check, new ItemPut(table, SampleTable.Item("b"))], default);

        Assert.Null(state.GetItem(table, SampleTable.Item("a")));
        Assert.Equal(1, state.DescribeTable(table).Count);
    }

    [Fact]
    public void A_transaction_holds_at_most_4_MB()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        var items = Enumerable.Range(0, 11)
            .Select(i => (ItemWrite)new ItemPut(table, SampleTable.Item($"{i:D2}", ("v", new string('x', 400_000)))))
            .ToList();

        Assert.Equal(
            "ValidationException", Assert.Throws<AwsException>(() => state.Transact(null, "", items, default)).Code);
        Assert.Equal(0, state.DescribeTable(table).Count);
        state.Transact(null, "", [.. items.Take(10)], default);
        Assert.Equal(10, state.DescribeTable(table).Count);
    }

    [Fact]
    public void Whatever_fails_and_is_repeated_a_job_counts_each_chunk_once()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        state.Write(new ItemPut(table, SampleTable.Item("job")), default);
        var committed = new HashSet<int>();
        for (var i = 0; i < 2_000; i++)
        {
            var chunk = random.Next(300);
            var put = new ItemPut(table, SampleTable.Item($"{chunk}"), ItemText.Condition("attribute_not_exists(pk)"));
            var add = new ItemUpdate(table, SampleTable.Item("job"), ItemText.Update(
                "ADD done :one, chunks :chunk", $$$"""{":one":{"N":"1"},":chunk":{"N":"{{{chunk}}}"}}"""));
            var isRepeated = !committed.Add(chunk);
            var isRefused = false;
            try
            {
                state.Transact(null, "", random.Next(2) == 0 ? [put, add] : [add, put], default);
            }
            catch (AwsException e) when (e.Code == "TransactionCanceledException")
            {
                isRefused = true;
            }

            Assert.Equal(isRepeated, isRefused);
        }

        var job = state.GetItem(table, SampleTable.Item("job"))!;
        Assert.Equal(new NumberValue(DecimalNumber.Of(committed.Count)), job["done"]);
        Assert.Equal(new NumberValue(DecimalNumber.Of(committed.Sum())), job["chunks"]);
    }
}
