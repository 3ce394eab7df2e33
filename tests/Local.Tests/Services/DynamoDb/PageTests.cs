using System.Globalization;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class PageTests
{
    private const string Values = """
        {":p":{"S":"p"},":b":{"S":"b"},":bb":{"S":"bb"},":c":{"S":"c"},":empty":{"S":""},":n":{"N":"1"}}
        """;

    [Theory]
    [InlineData("pk = :p", "a b ba bb c")]
    [InlineData("pk = :p AND #r = :b", "b")]
    [InlineData("#r = :b AND pk = :p", "b")]
    [InlineData("pk = :p AND #r < :bb", "a b ba")]
    [InlineData("pk = :p AND #r <= :bb", "a b ba bb")]
    [InlineData("pk = :p AND #r > :b", "ba bb c")]
    [InlineData("pk = :p AND :b < #r", "ba bb c")]
    [InlineData("pk = :p AND #r >= :b", "b ba bb c")]
    [InlineData("(pk = :p) AND (#r BETWEEN :b AND :bb)", "b ba bb")]
    [InlineData("pk = :p AND begins_with(#r, :b)", "b ba bb")]
    [InlineData("pk = :p AND begins_with(#r, :empty)", "a b ba bb c")]
    [InlineData("pk = :b", "z")]
    [InlineData("pk = :c", "")]
    public void A_query_reads_the_range_that_its_condition_means_in_either_order(string condition, string expected)
    {
        var (state, table) = Filled();
        var parsed = ItemText.Condition(condition, Values, ("#r", "range"));

        Assert.Equal(expected, Keys(state.Query(table, parsed, new PageRequest(null, null, null))));
        Assert.Equal(string.Join(' ', expected.Split(' ').Reverse()),
            Keys(state.Query(table, parsed, new PageRequest(null, null, null, Forward: false))));
    }

    [Theory]
    [InlineData("#r = :b", "Query condition missed key schema element: pk")]
    [InlineData("pk = :p AND color = :b", "Query condition missed key schema element: range")]
    [InlineData("pk > :p", "Query key condition not supported")]
    [InlineData("pk = :p AND #r = :b AND x = :c", "Conditions can be of length 1 or 2 only")]
    [InlineData("pk = :p AND #r <> :b", "Invalid operator used in KeyConditionExpression: <>")]
    [InlineData("pk = :p OR #r = :b", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("pk = :p AND NOT #r = :b", "Invalid operator used in KeyConditionExpression: NOT")]
    [InlineData("pk = :p AND #r IN (:b)", "Invalid operator used in KeyConditionExpression: IN")]
    [InlineData("pk = :p AND contains(#r, :b)", "Invalid operator used in KeyConditionExpression: contains")]
    [InlineData("pk = :p AND pk = :b", "KeyConditionExpressions must only contain one condition per key")]
    [InlineData("pk = :p AND size(#r) = :n", "KeyConditionExpressions cannot contain nested operations")]
    [InlineData("pk = :p AND #r.x = :b", "KeyConditionExpressions cannot have conditions on nested attributes")]
    [InlineData("pk = #r",
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition")]
    [InlineData(":p = :p", "Invalid condition in KeyConditionExpression: No key attribute specified")]
    [InlineData("pk = :n",
        "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("pk = :empty", "One or more parameter values are not valid. "
        + "The AttributeValue for a key attribute cannot contain an empty string value. Key: pk")]
    public void A_condition_that_no_key_can_answer_is_refused(string condition, string message)
    {
        var (state, table) = Filled();

        Assert.Equal(message, Assert.Throws<AwsException>(() => state.Query(
            table, ItemText.Condition(condition, Values, ("#r", "range")), new PageRequest(null, null, null))).Message);
    }

    [Fact]
    public void Pages_of_any_length_give_every_item_once_in_order()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var state = new DynamoDbState();
        var table = SampleTable.Create(state, range: "N");
        var numbers = Enumerable.Range(0, 200).Select(_ => random.Next(-500, 500)).Distinct().ToArray();
        foreach (var number in numbers)
            state.Write(new ItemPut(table, ItemText.Map(
                $$$"""{"pk":{"S":"{{{(number % 3 == 0 ? "p" : "q")}}}"},"range":{"N":"{{{number}}}"}}""")), default);
        foreach (var forward in (bool[])[true, false])
        {
            var read = new List<int>();
            AttributeMap? start = null;
            do
            {
                var page = state.Query(table, ItemText.Condition("pk = :p", Values),
                    new PageRequest(null, start, random.Next(1, 9), forward));
                read.AddRange(page.Items.Select(item => int.Parse(
                    ((NumberValue)item["range"]!).Value.ToString(), CultureInfo.InvariantCulture)));
                start = page.LastKey;
            }
            while (start is not null);

            var expected = numbers.Where(number => number % 3 == 0).Order();
            Assert.Equal(forward ? expected : expected.Reverse(), read);
        }
    }

    [Fact]
    public void A_page_ends_when_1_MB_has_been_evaluated()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state);
        for (var i = 0; i < 8; i++)
            state.Write(new ItemPut(table, SampleTable.Item($"{i}", ("v", new string('x', 300 * 1024)))), default);

        var first = state.Scan(table, new PageRequest(ItemText.Condition("attribute_not_exists(v)"), null, null));
        var second = state.Scan(table, new PageRequest(null, first.LastKey, null));

        Assert.Equal((0, 4), (first.Items.Count, first.ScannedCount));
        Assert.Equal(4, second.Items.Count);
        Assert.Null(state.Scan(table, new PageRequest(null, second.LastKey, null)).LastKey);
    }

    [Fact]
    public void A_starting_key_outside_the_range_is_refused()
    {
        var (state, table) = Filled();
        var condition = ItemText.Condition("pk = :p AND #r > :b", Values, ("#r", "range"));

        foreach (var key in (string[])
                 [
                     """{"pk":{"S":"b"},"range":{"S":"z"}}""",
                     """{"pk":{"S":"p"},"range":{"S":"a"}}""",
                 ])
            Assert.Equal("The provided starting key is outside query boundaries based on provided conditions",
                Assert.Throws<AwsException>(() => state.Query(
                    table, condition, new PageRequest(null, ItemText.Map(key), null))).Message);
        Assert.StartsWith("The provided starting key is invalid: ", Assert.Throws<AwsException>(() => state.Query(
            table, condition, new PageRequest(null, ItemText.Map("""{"pk":{"S":"p"}}"""), null))).Message);
    }

    [Fact]
    public void A_filter_may_not_name_the_key()
    {
        var (state, table) = Filled();

        Assert.Equal("Filter Expression can only contain non-primary key attributes: Primary key attribute: range",
            Assert.Throws<AwsException>(() => state.Query(table, ItemText.Condition("pk = :p", Values), new PageRequest(
                ItemText.Condition("size(#r) > :n", Values, ("#r", "range")), null, null))).Message);
    }

    private static (DynamoDbState State, TableName Table) Filled()
    {
        var state = new DynamoDbState();
        var table = SampleTable.Create(state, range: "S");
        foreach (var (hash, range) in ((string, string)[])
            [("p", "bb"), ("p", "a"), ("p", "c"), ("b", "z"), ("p", "ba"), ("q", "b"), ("p", "b")])
            state.Write(new ItemPut(table, SampleTable.Item(hash, ("range", range))), default);
        return (state, table);
    }

    private static string Keys(Page page) =>
        string.Join(' ', page.Items.Select(item => ((StringValue)item["range"]!).Value));
}
