using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class ExpressionErrorTests
{
    private const string Values = """
        {":a":{"S":"a"},":b":{"S":"b"},":n":{"N":"1"},":l":{"L":[]},":m":{"M":{}},":t":{"S":"X"},":ss":{"SS":["a"]}}
        """;

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("foo", "Syntax error; token: \"<EOF>\", near: \"foo\"")]
    [InlineData("user-id = :a", "Syntax error; token: \"-\", near: \"user-id\"")]
    [InlineData("attribute_not_exists(", "Syntax error; token: \"<EOF>\", near: \"(\"")]
    [InlineData("a = :a AND", "Syntax error; token: \"<EOF>\", near: \"AND\"")]
    [InlineData("a = :a AND AND b = :b", "Syntax error; token: \"AND\", near: \"AND AND b\"")]
    [InlineData("a == :a", "Syntax error; token: \"=\", near: \"== :a\"")]
    [InlineData("a IN ()", "Syntax error; token: \")\", near: \"()\"")]
    [InlineData("a = :a)", "Syntax error; token: \")\", near: \":a)\"")]
    [InlineData("a = 5", "Syntax error; token: \"5\", near: \"= 5\"")]
    [InlineData("a[b] = :a", "Syntax error; token: \"b\", near: \"[b]\"")]
    [InlineData("a = :a é", "Syntax error; token: \"é\", near: \":a é\"")]
    [InlineData("((a = :a))", "The expression has redundant parentheses;")]
    [InlineData("a = ((:a))", "The expression has redundant parentheses;")]
    [InlineData("foo(a)", "Invalid function name; function: foo")]
    [InlineData("size(a)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("NOT size(a)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("attribute_exists(a) = :a",
        "The function is not allowed to be used this way in an expression; function: attribute_exists")]
    [InlineData("abort = :a", "Attribute name is a reserved keyword; reserved keyword: abort")]
    [InlineData("x.Size = :a", "Attribute name is a reserved keyword; reserved keyword: Size")]
    [InlineData("#a = :a",
        "An expression attribute name used in the document path is not defined; attribute name: #a")]
    [InlineData("a = :gone",
        "An expression attribute value used in expression is not defined; attribute value: :gone")]
    [InlineData("attribute_exists(a, b)", "Incorrect number of operands for operator or function; "
        + "operator or function: attribute_exists, number of operands: 2")]
    [InlineData("attribute_exists(:a)",
        "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("begins_with(a, :n)",
        "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("size(:n) > :n",
        "Incorrect operand type for operator or function; operator or function: size, operand type: N")]
    [InlineData("a < :m", "Incorrect operand type for operator or function; operator: <, operand type: M")]
    [InlineData("attribute_type(a, :t)",
        "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")]
    [InlineData("a.b = a.b", "The first operand must be distinct from the remaining operands for this operator or "
        + "function; operator: =, first operand: [a, b]")]
    [InlineData("a BETWEEN :b AND :a", "The BETWEEN operator requires upper bound to be greater than or equal to lower "
        + "bound; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}")]
    [InlineData("a BETWEEN :a AND :n", "The BETWEEN operator requires same data type for lower and upper bounds; "
        + "lower bound operand: AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}")]
    [InlineData("a[99999999999] = :a", "List index is not within the allowable range; index: [99999999999]")]
    public void A_condition_that_is_not_valid_is_refused_with_the_reason(string text, string message) =>
        Assert.Equal($"Invalid ConditionExpression: {message}",
            Assert.Throws<AwsException>(() => ItemText.Condition(text, Values)).Message);

    [Theory]
    [InlineData("INVALID SYNTAX HERE", "Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"")]
    [InlineData("ADD hits : incr", "Syntax error; token: \":\", near: \"hits : incr\"")]
    [InlineData("SET a = :a,", "Syntax error; token: \"<EOF>\", near: \",\"")]
    [InlineData("SET", "Syntax error; token: \"<EOF>\", near: \"SET\"")]
    [InlineData("SET a = :a b = :b", "Syntax error; token: \"b\", near: \":a b =\"")]
    [InlineData("SET abort = :a", "Attribute name is a reserved keyword; reserved keyword: abort")]
    [InlineData("SET a = foo(a, :a)", "Invalid function name; function: foo")]
    [InlineData("SET a = :a SET b = :b", "The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET #a = :a",
        "An expression attribute name used in the document path is not defined; attribute name: #a")]
    [InlineData("SET a = :gone",
        "An expression attribute value used in expression is not defined; attribute value: :gone")]
    [InlineData("SET a = :a REMOVE a.b", "Two document paths overlap with each other; must remove or rewrite one of "
        + "these paths; path one: [a], path two: [a, b]")]
    [InlineData("SET a.b = :a, a[0] = :b", "Two document paths conflict with each other; must remove or rewrite one of "
        + "these paths; path one: [a, b], path two: [a, [0]]")]
    [InlineData("ADD a :a", "Incorrect operand type for operator or function; operator: ADD, operand type: STRING")]
    [InlineData("DELETE a :n",
        "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER")]
    [InlineData("SET a = b + :a",
        "Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [InlineData("SET a = list_append(a, :n)",
        "Incorrect operand type for operator or function; operator or function: list_append, operand type: N")]
    [InlineData("SET a = if_not_exists(:a, :b)",
        "Operator or function requires a document path; operator or function: if_not_exists")]
    [InlineData("SET a = if_not_exists(a)", "Incorrect number of operands for operator or function; "
        + "operator or function: if_not_exists, number of operands: 1")]
    public void An_update_that_is_not_valid_is_refused_with_the_reason(string text, string message) =>
        Assert.Equal($"Invalid UpdateExpression: {message}",
            Assert.Throws<AwsException>(() => ItemText.Update(text, Values)).Message);

    [Theory]
    [InlineData("a, a", "Two document paths overlap with each other; must remove or rewrite one of these paths; "
        + "path one: [a], path two: [a]")]
    [InlineData("a,", "Syntax error; token: \"<EOF>\", near: \",\"")]
    [InlineData("a b", "Syntax error; token: \"b\", near: \"a b\"")]
    public void A_projection_that_is_not_valid_is_refused_with_the_reason(string text, string message) =>
        Assert.Equal($"Invalid ProjectionExpression: {message}",
            Assert.Throws<AwsException>(() => ItemText.Projection(text)).Message);

    [Fact]
    public void Placeholders_that_no_expression_uses_are_refused()
    {
        var placeholders = ItemText.Placeholders("""{":a":{"S":"a"},":b":{"S":"b"}}""", ("#a", "a"));
        ConditionParser.Parse("ConditionExpression", "a = :a", placeholders);

        Assert.Equal("Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
            Assert.Throws<AwsException>(placeholders.RefuseUnused).Message);
        ConditionParser.Parse("ConditionExpression", "attribute_exists(#a)", placeholders);
        Assert.Equal("Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}",
            Assert.Throws<AwsException>(placeholders.RefuseUnused).Message);
    }

    [Theory]
    [InlineData("a", "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"")]
    [InlineData("#a.b", "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#a.b\"")]
    public void A_malformed_placeholder_is_refused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(() => ItemText.Placeholders(null, (name, "x"))).Message);

    [Fact]
    public void Placeholders_need_an_expression_to_be_used_in()
    {
        Assert.Equal("ExpressionAttributeNames can only be specified when using expressions",
            Assert.Throws<AwsException>(() => new Placeholders(
                new Dictionary<string, string> { ["#a"] = "a" }, null, ("ConditionExpression", null))).Message);
        Assert.Equal("ExpressionAttributeValues can only be specified when using expressions: "
            + "UpdateExpression and ConditionExpression are null",
            Assert.Throws<AwsException>(() => new Placeholders(
                null, new(ItemText.Map("{}")), ("UpdateExpression", null), ("ConditionExpression", null))).Message);
    }

    [Fact]
    public void An_expression_has_at_most_4096_bytes_and_300_operators()
    {
        var many = string.Join(" OR ", Enumerable.Repeat("a=:a", 151));
        Assert.Equal("Invalid ConditionExpression: The expression contains too many operators; operator count: 301",
            Assert.Throws<AwsException>(() => ItemText.Condition(many, Values)).Message);
        Assert.NotNull(ItemText.Condition(string.Join(" OR ", Enumerable.Repeat("a=:a", 150)), Values));
        Assert.Equal("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;",
            Assert.Throws<AwsException>(() => ItemText.Condition("a = :a" + new string(' ', 4_091), Values)).Message);
        Assert.NotNull(ItemText.Condition("a = :a" + new string(' ', 4_090), Values));
    }

    [Fact]
    public void There_are_573_reserved_words_in_any_case()
    {
        Assert.Equal(573, ReservedWords.Count);
        Assert.True(
            ReservedWords.Contains("zone") && ReservedWords.Contains("ABORT") && !ReservedWords.Contains("done"));
    }
}
