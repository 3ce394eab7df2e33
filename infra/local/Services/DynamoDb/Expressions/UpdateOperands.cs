using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary><c>left + right</c> or <c>left - right</c> in SET.</summary>
internal sealed class Arithmetic(bool subtract, Operand left, Operand right) : Operand
{
    public override string StaticType => "N";

    public override IEnumerable<DocumentPath> Paths => left.Paths.Concat(right.Paths);

    public override AttributeValue Evaluate(AttributeMap item)
    {
        var (a, b) = (Number(left, item), Number(right, item));
        return new NumberValue(subtract ? a - b : a + b);
    }

    private static DecimalNumber Number(Operand operand, AttributeMap item) => operand.Evaluate(item) switch
    {
        NumberValue number => number.Value,
        null => throw ExpressionErrors.MissingAttribute(),
        _ => throw ExpressionErrors.IncorrectDataType(),
    };
}

/// <summary><c>if_not_exists(path, operand)</c></summary>
internal sealed class IfNotExists(Operand path, Operand otherwise) : Operand
{
    public override string? StaticType => otherwise.StaticType;

    public override IEnumerable<DocumentPath> Paths => path.Paths.Concat(otherwise.Paths);

    public override AttributeValue? Evaluate(AttributeMap item) => path.Evaluate(item) ?? otherwise.Evaluate(item);
}

/// <summary><c>list_append(left, right)</c></summary>
internal sealed class ListAppend(Operand left, Operand right) : Operand
{
    public override string StaticType => "L";

    public override IEnumerable<DocumentPath> Paths => left.Paths.Concat(right.Paths);

    public override AttributeValue Evaluate(AttributeMap item) =>
        new ListValue(List(left, item).Elements.AddRange(List(right, item).Elements));

    private static ListValue List(Operand operand, AttributeMap item) => operand.Evaluate(item) switch
    {
        ListValue list => list,
        null => throw ExpressionErrors.MissingAttribute(),
        _ => throw ExpressionErrors.IncorrectDataType(),
    };
}
