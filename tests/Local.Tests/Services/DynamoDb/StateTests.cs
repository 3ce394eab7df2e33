using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class StateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"range":{"N":"1"}}""", "One or more parameter values were invalid: Missing the key pk in the item")]
    [InlineData("""{"pk":{"N":"1"},"range":{"N":"1"}}""",
        "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N")]
    [InlineData("""{"pk":{"S":""},"range":{"N":"1"}}""", "One or more parameter values are not valid. "
        + "The AttributeValue for a key attribute cannot contain an empty string value. Key: pk")]
    public void An_item_without_a_proper_key_is_refused(string item, string message)
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state, range: "N");

        Assert.Equal(message, Error(() => state.Write(new ItemPut(table, ItemText.Map(item)), default)).Message);
    }

    [Theory]
    [InlineData("""{"pk":{"S":"a"}}""")]
    [InlineData("""{"pk":{"S":"a"},"range":{"S":"1"}}""")]
    [InlineData("""{"pk":{"S":"a"},"range":{"N":"1"},"more":{"N":"1"}}""")]
    public void A_key_that_is_not_the_tables_is_refused(string key)
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state, range: "N");

        Assert.Equal("The provided key element does not match the schema",
            Error(() => state.GetItem(table, ItemText.Map(key))).Message);
    }

    [Fact]
    public void Keys_have_at_most_2048_and_1024_bytes()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state, range: "S");
        state.Write(new ItemPut(table, Item(new string('h', 2_048), new string('r', 1_024))), default);

        Assert.Equal("One or more parameter values were invalid: "
            + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
            Error(() => state.Write(new ItemPut(table, Item(new string('h', 2_049), "r")), default)).Message);
        Assert.Equal("One or more parameter values were invalid: "
            + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
            Error(() => state.Write(new ItemPut(table, Item("h", new string('r', 1_025))), default)).Message);
    }

    [Fact]
    public void An_item_has_at_most_400_KB_names_included()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        var rest = "pk".Length + "k".Length + "v".Length;
        state.Write(new ItemPut(table, SampleTable.Item("k", ("v", new string('x', 409_600 - rest)))), default);

        Assert.Equal("Item size has exceeded the maximum allowed size", Error(() => state.Write(
            new ItemPut(table, SampleTable.Item("k", ("v", new string('x', 409_600 - rest + 1)))), default)).Message);
        Assert.Equal("Item size to update has exceeded the maximum allowed size",
            Error(() => state.Write(new ItemUpdate(
                table, SampleTable.Item("k"), ItemText.Update("SET w = :w", """{":w":{"S":"w"}}""")),
                default)).Message);
    }

    [Fact]
    public void A_write_past_the_hosts_bound_is_refused_and_deleting_makes_room()
    {
        // An item of the key k: 2 + 1 bytes, and 100 that each item costs.
        var state = new DynamoDbState(maxBytes: 2 * 103);
        var table = SampleTable.Create(state);
        state.Write(new ItemPut(table, SampleTable.Item("a")), default);
        state.Write(new ItemPut(table, SampleTable.Item("b")), default);

        Assert.Equal(
            "LimitExceededException",
            Error(() => state.Write(new ItemPut(table, SampleTable.Item("c")), default)).Code);
        state.Write(new ItemPut(table, SampleTable.Item("b")), default);
        state.Write(new ItemDelete(table, SampleTable.Item("a")), default);
        state.Write(new ItemPut(table, SampleTable.Item("c")), default);
        Assert.Equal(206, state.DescribeTable(table).Bytes);
    }

    [Fact]
    public void A_region_holds_at_most_2500_tables()
    {
        var state = new DynamoDbState();
        for (var i = 0; i < 2_500; i++) SampleTable.Create(state, $"table-{i}");

        Assert.Equal("LimitExceededException", Error(() => SampleTable.Create(state, "one-more")).Code);
    }

    [Fact]
    public void Tables_of_different_regions_are_apart()
    {
        var state = new DynamoDbState();
        var here = SampleTable.Create(state);
        state.Write(new ItemPut(here, SampleTable.Item("a")), default);

        Assert.Equal("ResourceNotFoundException",
            Error(() => state.GetItem(here with { Region = "eu-west-1" }, SampleTable.Item("a"))).Code);
    }

    [Fact]
    public void An_update_may_not_touch_the_key()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);

        Assert.Equal("One or more parameter values were invalid: "
            + "Cannot update attribute pk. This attribute is part of the key",
            Error(() => state.Write(new ItemUpdate(
                table, SampleTable.Item("a"), ItemText.Update("SET pk = :v", """{":v":{"S":"b"}}""")),
                default)).Message);
    }

    [Fact]
    public void A_protected_table_is_not_deleted()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state, isProtected: true);

        Assert.Equal("ValidationException", Error(() => state.DeleteTable(table, default)).Code);
        Assert.NotNull(state.DescribeTable(table));
    }

    [Fact]
    public void A_client_request_token_is_forgotten_after_10_minutes()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        Put("a", Start);
        state.Write(new ItemDelete(table, SampleTable.Item("a")), default);

        Put("a", Start + TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Null(state.GetItem(table, SampleTable.Item("a")));
        Assert.Equal("IdempotentParameterMismatchException", Error(() => Put("b", Start)).Code);
        Put("b", Start + TimeSpan.FromMinutes(10));
        Assert.NotNull(state.GetItem(table, SampleTable.Item("b")));

        void Put(string key, DateTimeOffset now) =>
            state.Transact("token", key, [new ItemPut(table, SampleTable.Item(key))], now);
    }

    [Fact]
    public void Past_their_bound_the_oldest_token_is_forgotten_first()
    {
        var state = new DynamoDbState(maxTokens: 2);
        var table = SampleTable.Create(state);
        foreach (var token in (string[])["one", "two", "three"])
            state.Transact(token, token, [new ItemPut(table, SampleTable.Item(token))], Start);

        state.Transact("one", "other", [new ItemPut(table, SampleTable.Item("again"))], Start);
        Assert.Equal("IdempotentParameterMismatchException", Error(() => state.Transact(
            "three", "other", [new ItemPut(table, SampleTable.Item("never"))], Start)).Code);
        Assert.NotNull(state.GetItem(table, SampleTable.Item("again")));
    }

    private static Isobar.Local.Services.DynamoDb.Values.AttributeMap Item(string hash, string range) =>
        SampleTable.Item(hash, ("range", range));

    private static AwsException Error(Action act) => Assert.Throws<AwsException>(act);
}
