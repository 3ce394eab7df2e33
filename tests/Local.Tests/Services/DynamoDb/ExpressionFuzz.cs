using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class ExpressionFuzz(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "a", "b.c", "arr[0]", "#n", ":v", ":n", ":l", ":s", "(", ")", "((", "))", ",", ".", "[", "]", "[1]", "=", "<>",
        "<", "<=",
        ">", ">=", "+", "-", "AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE", "size(a)", "size(",
        "attribute_exists(a)", "attribute_type(a, :v)",
        "begins_with(a, :v)", "contains(arr, :n)", "if_not_exists(a, :n)",
        "list_append(arr, :l)", "a = :v", "b.c < :n", "a IN (:v, :n)", "a BETWEEN :n AND :n", "SET a = :v", "ADD a :n",
        "DELETE t :s", "REMOVE arr[0]", "9", "é", "\ud83d", "\0", "#", ":", "nosuch(", "zone", "_x", "\t", "'", "\"",
    ];

    private const string Values = """{":v":{"S":"BOOL"},":n":{"N":"1"},":l":{"L":[{"N":"1"}]},":s":{"SS":["a"]}}""";

    private const string Item = """
        {"a":{"N":"1"},"b":{"M":{"c":{"S":"x"}}},"arr":{"L":[{"N":"1"},{"S":"y"}]},"t":{"SS":["a","b"]}}
        """;

    [Fact]
    public void Any_text_is_an_expression_that_can_be_evaluated_or_is_refused_with_ValidationException()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var item = ItemText.Map(Item);
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = Text(random);
            var placeholders = ItemText.Placeholders(Values, ("#n", "b"));
            try
            {
                if (i % 3 == 0) ConditionParser.Parse("ConditionExpression", text, placeholders)!.Holds(item);
                else if (i % 3 == 1) UpdateParser.Parse(text, placeholders)!.Apply(item);
                else Projection.Parse(text, placeholders)!.Apply(item);
                accepted++;
            }
            catch (AwsException e)
            {
                Assert.Equal("ValidationException", e.Code);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{text} ended in {e}");
            }
        }

        output.WriteLine($"{accepted} accepted");
        Assert.InRange(accepted, 200, 19_000);
    }

    [Fact]
    public void Depth_ends_in_an_error_and_not_in_the_stack()
    {
        string[] deep =
        [
            new string('(', 4_000) + "a", string.Concat(Enumerable.Repeat("NOT ", 1_000)) + "a = :n",
            string.Concat(Enumerable.Repeat("size(", 800)),
            "a" + string.Concat(Enumerable.Repeat(".b", 2_000)) + " = :n",
        ];
        foreach (var text in deep)
            Assert.Equal(
                "ValidationException", Assert.Throws<AwsException>(() => ItemText.Condition(text, Values)).Code);
        foreach (var text in (string[])["SET a = " + new string('(', 4_000), "SET a = "
            + string.Concat(Enumerable.Repeat("if_not_exists(a,", 250))])
            Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => ItemText.Update(text, Values)).Code);
    }

    private static string Text(Random random)
    {
        var pieces = Enumerable.Range(0, random.Next(0, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]);
        return string.Join(random.Next(4) == 0 ? "" : " ", pieces);
    }
}
