using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class AttributeValueTests
{
    [Theory]
    [InlineData("""{"a":{"S":""},"b":{"N":"1"},"c":{"B":"AQI="},"d":{"BOOL":false},"e":{"NULL":true}}""")]
    [InlineData("""{"m":{"M":{"x":{"L":[{"S":"1"},{"M":{}},{"L":[]}]}}}}""")]
    [InlineData("""{"bs":{"BS":["AQ==","Ag=="]},"ns":{"NS":["-1","2.5"]},"ss":{"SS":["a","b"]}}""")]
    public void Every_type_comes_back_as_it_was_put(string json) =>
        Assert.Equal(json, ItemText.Json(ItemText.Map(json)));

    [Theory]
    [InlineData("""{}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"X":"1"}""",
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"S":"a","N":"1"}""",
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("""{"NULL":false}""",
        "One or more parameter values were invalid: Null attribute value types must have the value of true")]
    [InlineData("""{"SS":[]}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"NS":[]}""", "One or more parameter values were invalid: An number set  may not be empty")]
    [InlineData("""{"BS":[]}""", "One or more parameter values were invalid: Binary sets should not be empty")]
    [InlineData("""{"SS":["a","a"]}""",
        "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [InlineData("""{"NS":["1","1.0"]}""", "Input collection contains duplicates")]
    public void A_value_that_breaks_a_rule_of_its_type_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(() => ItemText.Map($$"""{"a":{{json}}}""")).Message);

    [Fact]
    public void Values_nest_32_levels_deep_and_no_deeper()
    {
        Assert.NotNull(ItemText.Map(Nested(32)));
        Assert.StartsWith("Nesting Levels have exceeded supported limits",
            Assert.Throws<AwsException>(() => ItemText.Map(Nested(33))).Message);
    }

    [Theory]
    [InlineData("""{"a":{"S":"xyz"}}""", 4)]
    [InlineData("""{"é":{"S":"é"}}""", 4)]
    [InlineData("""{"a":{"N":"-1234.5"}}""", 6)]
    [InlineData("""{"a":{"BOOL":true},"b":{"NULL":true}}""", 4)]
    [InlineData("""{"a":{"L":[{"S":"x"},{"S":"yz"}]}}""", 9)]
    [InlineData("""{"a":{"M":{"b":{"S":"x"}}}}""", 7)]
    [InlineData("""{"a":{"SS":["x","yz"]}}""", 4)]
    public void An_item_is_as_large_as_its_names_and_values(string json, int bytes) =>
        Assert.Equal(bytes, ItemText.Map(json).Size);

    [Fact]
    public void Strings_are_ordered_by_their_utf8_bytes()
    {
        string[] ordered = ["", "A", "a", "aa", "b", "é", "\uE000", "\uFFFD", "\U0001F600"];
        for (var i = 0; i < ordered.Length; i++)
            for (var j = 0; j < ordered.Length; j++)
                Assert.Equal(Math.Sign(i - j), Math.Sign(
                    ScalarOrder.Instance.Compare(new StringValue(ordered[i]), new StringValue(ordered[j]))));
    }

    private static string Nested(int levels) =>
        """{"a":""" + string.Concat(Enumerable.Repeat("""{"L":[""", levels)) + """{"S":"x"}"""
        + string.Concat(Enumerable.Repeat("]}", levels)) + "}";
}
