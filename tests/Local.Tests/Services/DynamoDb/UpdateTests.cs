using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class UpdateTests
{
    private const string Item = """
        {"n":{"N":"5"},"s":{"S":"x"},"arr":{"L":[{"N":"0"},{"N":"1"},{"N":"2"},{"N":"3"}]},"doc":{"M":{"a":{"N":"1"}}},
         "bag":{"SS":["a","b"]}}
        """;

    private const string Values = """
        {":n":{"N":"0.5"},":s":{"S":"y"},":l":{"L":[{"N":"9"}]},":set":{"SS":["b","c"]},
         ":both":{"SS":["a","b"]},":m":{"M":{}}}
        """;

    [Theory]
    [InlineData("SET n = n + :n", "n", """{"n":{"N":"5.5"}}""")]
    [InlineData("SET n = :n - n", "n", """{"n":{"N":"-4.5"}}""")]
    [InlineData("SET fresh = if_not_exists(fresh, :n) + n", "fresh", """{"fresh":{"N":"5.5"}}""")]
    [InlineData("SET n = if_not_exists(n, :n)", "n", """{"n":{"N":"5"}}""")]
    [InlineData("SET n = s, s = n", "n, s", """{"n":{"S":"x"},"s":{"N":"5"}}""")]
    [InlineData("SET arr = list_append(:l, arr)", "arr[0], arr[4]", """{"arr":{"L":[{"N":"9"},{"N":"3"}]}}""")]
    [InlineData("SET arr[1] = :s, arr[90] = :n", "arr[1], arr[4]", """{"arr":{"L":[{"S":"y"},{"N":"0.5"}]}}""")]
    [InlineData("SET doc.b = :s", "doc", """{"doc":{"M":{"a":{"N":"1"},"b":{"S":"y"}}}}""")]
    [InlineData("REMOVE arr[0], arr[2]", "arr", """{"arr":{"L":[{"N":"1"},{"N":"3"}]}}""")]
    [InlineData("REMOVE arr[9], doc.z, gone", "arr[3], doc",
        """{"arr":{"L":[{"N":"3"}]},"doc":{"M":{"a":{"N":"1"}}}}""")]
    [InlineData("REMOVE arr[1] SET arr[3] = :n", "arr", """{"arr":{"L":[{"N":"0"},{"N":"2"},{"N":"0.5"}]}}""")]
    [InlineData("REMOVE doc.a, n", "doc, n", """{"doc":{"M":{}}}""")]
    [InlineData("ADD n :n, doc.a :n, fresh :n", "n, doc.a, fresh",
        """{"doc":{"M":{"a":{"N":"1.5"}}},"fresh":{"N":"0.5"},"n":{"N":"5.5"}}""")]
    [InlineData("ADD #set :set", "#set", """{"bag":{"SS":["a","b","c"]}}""")]
    [InlineData("DELETE #set :set", "#set", """{"bag":{"SS":["a"]}}""")]
    [InlineData("DELETE #set :both, gone :both", "#set, gone", "{}")]
    public void An_update_changes_just_the_paths_it_names(string update, string projection, string expected)
    {
        var after = ItemText.Update(update, Values, ("#set", "bag")).Apply(ItemText.Map(Item));

        Assert.Equal(expected, ItemText.Json(ItemText.Projection(projection, ("#set", "bag")).Apply(after)));
    }

    [Theory]
    [InlineData("SET n = gone", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = gone + :n", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET n = s + :n", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET n = list_append(s, :l)", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD s :n", "An operand in the update expression has an incorrect data type")]
    [InlineData("DELETE s :set", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET gone.a = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET s.a = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET doc[0] = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("REMOVE gone.a", "The document path provided in the update expression is invalid for update")]
    public void An_update_that_does_not_fit_the_item_is_refused(string update, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(
            () => ItemText.Update(update, Values).Apply(ItemText.Map(Item))).Message);

    [Fact]
    public void An_update_leaves_the_old_item_as_it_was()
    {
        var before = ItemText.Map(Item);
        var text = ItemText.Json(before);

        ItemText.Update("SET doc.a = :n, arr[0] = :n REMOVE arr[1], s ADD n :n", Values).Apply(before);

        Assert.Equal(text, ItemText.Json(before));
    }

    [Theory]
    [InlineData("doc.a", """{"doc":{"M":{"a":{"N":"1"}}}}""")]
    [InlineData("arr[3], arr[1]", """{"arr":{"L":[{"N":"1"},{"N":"3"}]}}""")]
    [InlineData("gone, doc.gone, arr[9], s.x", "{}")]
    [InlineData("s, n", """{"n":{"N":"5"},"s":{"S":"x"}}""")]
    public void A_projection_keeps_just_the_paths_it_names(string projection, string expected) =>
        Assert.Equal(expected, ItemText.Json(ItemText.Projection(projection).Apply(ItemText.Map(Item))));
}
