using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;
using static Isobar.Local.Tests.Services.DynamoDb.Indexes.IndexedTable;

namespace Isobar.Local.Tests.Services.DynamoDb.Indexes;

/// <summary>Sources: paritysuite/dynamodb-conformance (error messages of putItem and transactWriteItems) and
/// architect/dynalite (test/updateItem.js, test/putItem.js), all made against AWS.</summary>
public sealed class IndexKeyTests
{
    private const string Empty = "The AttributeValue for a key attribute cannot contain an empty string value.";

    private readonly DynamoDbState state = new();

    [Theory]
    [InlineData(""" "a":{"N":"1"} """, "One or more parameter values were invalid: "
        + "Type mismatch for Index Key a Expected: S Actual: N IndexName: by-text")]
    [InlineData(""" "b":{"NULL":true} """, "One or more parameter values were invalid: "
        + "Type mismatch for Index Key b Expected: N Actual: NULL IndexName: by-text")]
    [InlineData(""" "a":{"S":""} """, "One or more parameter values are not valid. "
        + "A value specified for a secondary index key is not supported. " + Empty
        + " IndexName: by-text, IndexKey: a")]
    public void An_item_with_a_value_that_no_key_can_have_is_refused(string attributes, string message)
    {
        var table = Create(state, ByText, InPartition);

        Assert.Equal(message, Error(() => Put(state, table, "p", 1, attributes)).Message);
        Assert.Equal(0, state.DescribeTable(table).Count);
    }

    [Fact]
    public void The_key_of_an_index_has_at_most_as_many_bytes_as_that_of_a_table()
    {
        var table = Create(state, ByText);
        Put(state, table, "p", 1, $$""" "a":{"S":"{{new string('x', 2_048)}}"} """);

        Assert.Equal("One or more parameter values were invalid: "
            + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
            Error(() => Put(state, table, "p", 1, $$""" "a":{"S":"{{new string('x', 2_049)}}"} """)).Message);
        Assert.Equal("The update expression attempted to update the secondary index key beyond allowed size limits",
            Error(() => Update(
                table, "SET a = :v", $$$"""{":v":{"S":"{{{new string('x', 2_049)}}}"}}""")).Message);
    }

    [Theory]
    [InlineData("SET a = :v", """{":v":{"N":"1"}}""", "One or more parameter values were invalid: "
        + "Type mismatch for Index Key a Expected: S Actual: N IndexName: by-text")]
    [InlineData("ADD a :v", """{":v":{"N":"1"}}""", "One or more parameter values were invalid: "
        + "Type mismatch for Index Key a Expected: S Actual: N IndexName: by-text")]
    [InlineData("SET a = d", null,
        "The update expression attempted to update the secondary index key to unsupported type")]
    [InlineData("SET a = :v", """{":v":{"S":""}}""", "One or more parameter values are not valid. "
        + "The update expression attempted to update a secondary index key to a value that is not supported. " + Empty)]
    [InlineData("SET a.b = :v", """{":v":{"S":"x"}}""", "Key attributes must be scalars; "
        + "list random access '[]' and map lookup '.' are not allowed: IndexKey: a")]
    public void An_update_gives_no_key_of_an_index_a_value_that_it_can_not_have(
        string update, string? values, string message)
    {
        var table = Create(state, ByText);
        Put(state, table, "p", 1, """ "d":{"BOOL":true} """);

        Assert.Equal(message, Error(() => Update(table, update, values)).Message);
    }

    [Fact]
    public void In_a_transaction_a_wrong_type_is_a_reason_and_an_empty_key_refuses_the_request()
    {
        var table = Create(state, ByText);

        var type = Error(() => state.Transact(null, "", [
            new ItemPut(table, Item("p", 1)), new ItemPut(table, Item("p", 2, """ "a":{"N":"1"} """))], default));
        var empty = Error(() => state.Transact(null, "", [
            new ItemPut(table, Item("p", 1)), new ItemPut(table, Item("p", 2, """ "a":{"S":""} """))], default));

        Assert.EndsWith("[None, ValidationError]", type.Message, StringComparison.Ordinal);
        Assert.Equal("ValidationException", empty.Code);
        Assert.Equal(0, state.DescribeTable(table).Count);
    }

    private void Update(TableName table, string update, string? values) =>
        state.Write(new ItemUpdate(table, Item("p", 1), ItemText.Update(update, values)), default);

    private static AwsException Error(Action act) => Assert.Throws<AwsException>(act);
}
