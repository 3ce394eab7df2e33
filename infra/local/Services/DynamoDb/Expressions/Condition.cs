using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>A part of an expression that holds for an item or does not.</summary>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Condition and filter expressions, operators, and
/// functions".</remarks>
internal abstract class Condition : Node
{
    /// <param name="item">Empty when there is no item.</param>
    public abstract bool Holds(AttributeMap item);

    /// <summary>The operands and conditions that this one is made of.</summary>
    public abstract IEnumerable<Node> Parts { get; }

    public override IEnumerable<DocumentPath> Paths => Parts.SelectMany(part => part.Paths);
}

internal sealed class AndCondition(Condition left, Condition right) : Condition
{
    public override IEnumerable<Node> Parts => [left, right];

    public override bool Holds(AttributeMap item) => left.Holds(item) && right.Holds(item);
}

internal sealed class OrCondition(Condition left, Condition right) : Condition
{
    public override IEnumerable<Node> Parts => [left, right];

    public override bool Holds(AttributeMap item) => left.Holds(item) || right.Holds(item);
}

internal sealed class NotCondition(Condition inner) : Condition
{
    public override IEnumerable<Node> Parts => [inner];

    public override bool Holds(AttributeMap item) => !inner.Holds(item);
}

/// <summary>One of the six comparisons.</summary>
internal sealed class Comparison(TokenKind comparator, Operand left, Operand right) : Condition
{
    public TokenKind Comparator => comparator;

    public override IEnumerable<Node> Parts => [left, right];

    // Values of different types are unequal, and so is a missing one; in no other way do they compare.
    public override bool Holds(AttributeMap item)
    {
        var (a, b) = (left.Evaluate(item), right.Evaluate(item));
        return comparator switch
        {
            TokenKind.Equal => a is not null && a.Equals(b),
            TokenKind.NotEqual => a is null || !a.Equals(b),
            TokenKind.Less => ScalarOrder.TryCompare(a, b) < 0,
            TokenKind.LessOrEqual => ScalarOrder.TryCompare(a, b) <= 0,
            TokenKind.Greater => ScalarOrder.TryCompare(a, b) > 0,
            _ => ScalarOrder.TryCompare(a, b) >= 0,
        };
    }
}

internal sealed class Between(Operand operand, Operand lower, Operand upper) : Condition
{
    public override IEnumerable<Node> Parts => [operand, lower, upper];

    public override bool Holds(AttributeMap item)
    {
        var value = operand.Evaluate(item);
        return ScalarOrder.TryCompare(value, lower.Evaluate(item)) >= 0
            && ScalarOrder.TryCompare(value, upper.Evaluate(item)) <= 0;
    }
}

internal sealed class InList(Operand operand, IReadOnlyList<Operand> list) : Condition
{
    public override IEnumerable<Node> Parts => [operand, .. list];

    public override bool Holds(AttributeMap item) =>
        operand.Evaluate(item) is { } value && list.Any(element => value.Equals(element.Evaluate(item)));
}
