namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class ConditionTests
{
    private const string Item = """
        {"n":{"N":"5"},"s":{"S":"hello"},"b":{"B":"AQID"},"yes":{"BOOL":true},"nothing":{"NULL":true},
         "bag":{"SS":["a","b"]},"nums":{"NS":["1","2"]},"arr":{"L":[{"S":"x"},{"N":"7"},{"M":{"deep":{"S":"y"}}}]},
         "doc":{"M":{"core":{"M":{"leaf":{"N":"1.0"}}}}},"dotted.name":{"S":"z"}}
        """;

    private const string Values = """
        {":5":{"N":"5.00"},":4":{"N":"4"},":6":{"N":"6"},":hello":{"S":"hello"},":he":{"S":"he"},":ell":{"S":"ell"},
         ":x":{"S":"x"},":a":{"S":"a"},":1":{"N":"1"},":t":{"BOOL":true},":SS":{"S":"SS"},":b":{"B":"AQI="},
         ":3":{"N":"3"},":7":{"N":"7"},":y":{"S":"y"},":set":{"SS":["b","a"]}}
        """;

    [Theory]
    [InlineData("n = :5", true)]
    [InlineData("n <> :5", false)]
    [InlineData("n < :6 AND n > :4", true)]
    [InlineData("n <= :5 and n >= :5", true)]
    [InlineData("n < :hello", false)]
    [InlineData("n <> :hello", true)]
    [InlineData("gone = :5", false)]
    [InlineData("gone <> :5", true)]
    [InlineData("gone < :5", false)]
    [InlineData(":4 < n", true)]
    [InlineData("n BETWEEN :4 AND :6", true)]
    [InlineData("n BETWEEN :6 AND :7", false)]
    [InlineData("NOT n BETWEEN :6 AND :7 AND n = :5", true)]
    [InlineData("n IN (:4, :5)", true)]
    [InlineData("n IN (:4, :6)", false)]
    [InlineData("gone IN (:4, :6)", false)]
    [InlineData("attribute_exists(n)", true)]
    [InlineData("attribute_exists(doc.core.leaf)", true)]
    [InlineData("attribute_exists(doc.core.gone)", false)]
    [InlineData("attribute_not_exists(arr[3])", true)]
    [InlineData("attribute_not_exists(arr[2].deep)", false)]
    [InlineData("attribute_type(bag, :SS)", true)]
    [InlineData("attribute_type(n, :SS)", false)]
    [InlineData("begins_with(s, :he)", true)]
    [InlineData("begins_with(s, :ell)", false)]
    [InlineData("begins_with(b, :b)", true)]
    [InlineData("begins_with(n, :he)", false)]
    [InlineData("contains(s, :ell)", true)]
    [InlineData("contains(bag, :a)", true)]
    [InlineData("contains(bag, :x)", false)]
    [InlineData("contains(nums, :1)", true)]
    [InlineData("contains(arr, :7)", true)]
    [InlineData("contains(gone, :7)", false)]
    [InlineData("size(s) = :5", true)]
    [InlineData("size(b) = :3", true)]
    [InlineData("size(arr) > :1 AND size(doc) = :1", true)]
    [InlineData("size(n) = :1", false)]
    [InlineData("arr[2].deep = :y", true)]
    [InlineData("doc.core.leaf = :1", true)]
    [InlineData("bag = :set", true)]
    [InlineData("yes = :t", true)]
    [InlineData("NOT yes = :t", false)]
    [InlineData("n = :4 AND s = :x OR yes = :t", true)]
    [InlineData("n = :4 AND (s = :x OR yes = :t)", false)]
    [InlineData("yes = :t OR n = :4 AND s = :x", true)]
    [InlineData("(n) = (:5)", true)]
    [InlineData("NOT (n = :4) AND not attribute_exists(gone)", true)]
    public void A_condition_holds_or_not(string text, bool holds) =>
        Assert.Equal(holds, ItemText.Condition(text, Values).Holds(ItemText.Map(Item)));

    [Fact]
    public void A_placeholder_may_stand_for_a_reserved_or_dotted_name()
    {
        var condition = ItemText.Condition("#d = :z AND attribute_not_exists(#size)", """{":z":{"S":"z"}}""",
            ("#d", "dotted.name"), ("#size", "size"));

        Assert.True(condition.Holds(ItemText.Map(Item)));
    }
}
