using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;
using static Isobar.Local.Tests.Services.DynamoDb.Indexes.IndexedTable;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

public sealed class IndexStateTests
{
    private const string Values = """{":a":{"S":"x"},":b":{"N":"5"},":p":{"S":"p"},":c":{"S":"c"}}""";

    private readonly DynamoDbState state = new();

    [Fact]
    public void An_item_without_the_key_of_an_index_is_not_in_it()
    {
        var table = Create(state, ByText);
        Put(state, table, "p", 1, """ "a":{"S":"x"},"b":{"N":"1"} """);
        Put(state, table, "p", 2, """ "a":{"S":"x"} """);
        Put(state, table, "p", 3);

        Assert.Equal("1", Keys(Query(table, ByText, "a = :a")));
        Put(state, table, "p", 1);
        Assert.Equal("", Keys(Query(table, ByText, "a = :a")));
        Assert.Equal(0, state.DescribeTable(table).Indexes[0].Bytes);
    }

    [Fact]
    public void Items_with_one_key_of_an_index_are_read_in_pages_of_any_length()
    {
        var table = Create(state, ByText);
        for (var i = 0; i < 10; i++) Put(state, table, $"p{i % 2}", i, """ "a":{"S":"x"},"b":{"N":"5"} """);
        foreach (var limit in (int[])[1, 3, 10])
        {
            var read = new List<string>();
            AttributeMap? start = null;
            do
            {
                var page = Query(table, ByText, "a = :a AND b = :b", start, limit);
                if (page.Items.Count > 0) read.Add(Keys(page));
                start = page.LastKey;
                if (start is not null) Assert.Equal(["a", "b", "pk", "sk"], start.Names);
            }
            while (start is not null);

            Assert.Equal("0 2 4 6 8 1 3 5 7 9", string.Join(' ', read));
        }
    }

    [Fact]
    public void A_bound_that_is_not_part_of_the_range_costs_nothing_however_many_items_are_on_it()
    {
        var table = Create(state, ByText);
        for (var i = 0; i < 500; i++) Put(state, table, "p", i, """ "a":{"S":"x"},"b":{"N":"5"} """);
        Put(state, table, "p", 500, """ "a":{"S":"x"},"b":{"N":"6"} """);

        var above = Query(table, ByText, "a = :a AND b > :b");
        var below = Query(table, ByText, "a = :a AND b < :b");

        Assert.Equal(("500", 1, 0), (Keys(above), above.ScannedCount, below.ScannedCount));
        Assert.Equal(501, Query(table, ByText, "a = :a AND b >= :b").ScannedCount);
        Assert.Equal(500, Query(table, ByText, "a = :a AND b <= :b").ScannedCount);
    }

    [Theory]
    [InlineData(null, null, "a c pk sk")]
    [InlineData("ALL_PROJECTED_ATTRIBUTES", null, "a c pk sk")]
    [InlineData("ALL_ATTRIBUTES", null, "a b c d pk sk")]
    [InlineData("SPECIFIC_ATTRIBUTES", "c", "a c pk sk")]
    [InlineData("SPECIFIC_ATTRIBUTES", "d", "a b c d pk sk")]
    public void A_local_index_fetches_from_the_table_what_it_lacks(string? select, string? attribute, string expected)
    {
        var table = Create(state, InPartition);
        Put(state, table, "p", 1, """ "a":{"S":"x"},"b":{"N":"1"},"c":{"S":"c"},"d":{"BOOL":true} """);

        var page = state.Query(table, ItemText.Condition("pk = :p", Values), new PageRequest(null, null, null),
            new IndexRead("local", select, attribute is null ? null : [attribute]));

        Assert.Equal(expected, string.Join(' ', Assert.Single(page.Items).Names));
        Assert.Equal(expected.Contains('d', StringComparison.Ordinal) ? 1 : 0, page.FetchedSizes.Count);
    }

    [Fact]
    public void A_filter_sees_of_an_item_what_the_read_sees()
    {
        var table = Create(state, ByNumber, InPartition);
        Put(state, table, "p", 1, """ "a":{"S":"x"},"b":{"N":"5"},"d":{"S":"c"} """);
        var filter = ItemText.Condition("d = :c", Values);
        var all = new PageRequest(filter, null, null);

        Assert.Empty(state.Scan(table, all, new IndexRead("by-number")).Items);
        Assert.Empty(state.Scan(table, all, new IndexRead("local")).Items);
        Assert.Single(state.Scan(table, all, new IndexRead("local", "ALL_ATTRIBUTES")).Items);
    }

    // Sources: paritysuite/dynamodb-conformance, indexReads.test.ts; getmoto/moto, test_dynamodb_select.py (made
    // against AWS); the last one AWS's answer in localstack/localstack#478.
    [Theory]
    [InlineData("nowhere", null, false, null, "The table does not have the specified index: nowhere")]
    [InlineData("by-number", null, true, null, "Consistent reads are not supported on global secondary indexes")]
    [InlineData("by-number", "ALL_ATTRIBUTES", false, null, "One or more parameter values were invalid: "
        + "Select type ALL_ATTRIBUTES is not supported for global secondary index by-number "
        + "because its projection type is not ALL")]
    [InlineData("by-number", null, false, "c", "One or more parameter values were invalid: "
        + "Global secondary index by-number does not project [c]")]
    public void A_global_index_is_not_read_in_ways_that_it_can_not_serve(
        string index, string? select, bool isConsistent, string? attribute, string message)
    {
        var table = Create(state, ByNumber, InPartition);
        var read = new IndexRead(index, select, attribute is null ? null : [attribute], isConsistent);
        var all = new PageRequest(null, null, null);

        Assert.Equal(message, Error(() => state.Scan(table, all, read)).Message);
        Assert.Equal(message,
            Error(() => state.Query(table, ItemText.Condition("b = :b", Values), all, read)).Message);
        Assert.Empty(state.Scan(table, all, new IndexRead("local", IsConsistent: true)).Items);
    }

    [Fact]
    public void A_key_condition_is_about_the_key_of_the_index_and_a_filter_is_not()
    {
        var table = Create(state, ByText);

        Assert.Equal("Query condition missed key schema element: a",
            Error(() => Query(table, ByText, "pk = :p")).Message);
        Assert.Equal("Filter Expression can only contain non-primary key attributes: Primary key attribute: b",
            Error(() => state.Query(table, ItemText.Condition("a = :a", Values),
                new PageRequest(ItemText.Condition("b = :b", Values), null, null), new IndexRead("by-text"))).Message);
        Assert.Empty(state.Query(table, ItemText.Condition("a = :a", Values),
            new PageRequest(ItemText.Condition("pk = :p", Values), null, null), new IndexRead("by-text")).Items);
    }

    // Source: architect/dynalite, test/query.js, made against AWS.
    [Theory]
    [InlineData("""{"a":{"S":"x"},"b":{"N":"1"}}""", "The provided starting key is invalid")]
    [InlineData("""{"pk":{"S":"p"},"sk":{"N":"1"}}""", "The provided starting key is invalid")]
    [InlineData("""{"pk":{"S":"p"},"sk":{"N":"1"},"a":{"S":"x"},"c":{"N":"1"}}""",
        "The provided starting key is invalid")]
    [InlineData("""{"pk":{"S":"p"},"sk":{"N":"1"},"a":{"N":"1"},"b":{"N":"1"}}""",
        "The provided key element does not match the schema")]
    [InlineData("""{"pk":{"S":"p"},"sk":{"S":"1"},"a":{"S":"x"},"b":{"N":"1"}}""",
        "The provided starting key is invalid: The provided key element does not match the schema")]
    [InlineData("""{"pk":{"S":"p"},"sk":{"N":"1"},"a":{"S":"other"},"b":{"N":"1"}}""",
        "The provided starting key is outside query boundaries based on provided conditions")]
    public void A_page_of_an_index_begins_at_a_key_of_index_and_table(string start, string message)
    {
        var table = Create(state, ByText);

        Assert.Equal(message, Error(() => Query(table, ByText, "a = :a", ItemText.Map(start))).Message);
    }

    [Fact]
    public void An_index_that_is_made_later_leaves_out_the_items_that_its_key_can_not_take()
    {
        var table = Create(state);
        Put(state, table, "p", 1, """ "b":{"N":"1"} """);
        Put(state, table, "p", 2, """ "b":{"S":"1"} """);
        Put(state, table, "p", 3);

        state.UpdateTable(table, Creation(ByNumber), default);

        Assert.Equal("1", Keys(state.Scan(table, new PageRequest(null, null, null), new IndexRead("by-number"))));
        // Such an item is not changed any more before the attribute is right.
        Assert.Equal("The update expression attempted to update the secondary index key to unsupported type",
            Error(() => Update(table, 2, "SET c = :c")).Message);
        Update(table, 2, "SET b = :b");
        Assert.Equal("1 2", Keys(state.Scan(table, new PageRequest(null, null, null), new IndexRead("by-number"))));
    }

    [Fact]
    public void Bytes_of_indexes_count_for_the_bound_of_the_host()
    {
        // 100 bytes that an item costs, its key of 5 + 2 + 1 bytes or so, and the same again in the index.
        var bounded = new DynamoDbState(maxBytes: 300);
        var table = Create(bounded, ByText);
        Put(bounded, table, "p", 1, """ "a":{"S":"x"},"b":{"N":"1"} """);
        var described = bounded.DescribeTable(table);

        Assert.Equal(2 * described.Bytes, described.BytesWithIndexes);
        Assert.Equal("LimitExceededException",
            Error(() => Put(bounded, table, "p", 2, """ "a":{"S":"x"},"b":{"N":"1"} """)).Code);
        var second = Global("second", ByText.Schema, "ALL");
        Assert.Equal("LimitExceededException",
            Error(() => bounded.UpdateTable(table, Creation(second), default)).Code);
        Assert.Single(described.Indexes);
        bounded.UpdateTable(table, new TableChange { Delete = "by-text" }, default);
        Put(bounded, table, "p", 2, """ "a":{"S":"x"},"b":{"N":"1"} """);
    }

    private void Update(TableName table, int sk, string update)
    {
        var name = update.Contains(":c", StringComparison.Ordinal) ? ":c" : ":b";
        state.Write(new ItemUpdate(table, Item("p", sk), ItemText.Update(update,
            ItemText.Json(ItemText.Map(Values).Only([name])))), default);
    }

    private Page Query(
        TableName table, IndexDefinition index, string condition, AttributeMap? start = null, int? limit = null) =>
        state.Query(table, ItemText.Condition(condition, Values), new PageRequest(null, start, limit),
            new IndexRead(index.Name));

    private static string Keys(Page page) =>
        string.Join(' ', page.Items.Select(item => ((NumberValue)item["sk"]!).Value));

    private static AwsException Error(Action act) => Assert.Throws<AwsException>(act);
}
