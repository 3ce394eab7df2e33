using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>What AWS checks about the operands of conditions before it looks at any item.</summary>
internal static class ConditionRules
{
    private const string TypeNames = "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}";

    public static Condition Compare(
        ref ExpressionReader reader, TokenKind comparator, string symbol, Operand left, Operand right)
    {
        CheckDistinct(ref reader, symbol, left, right);
        if (comparator is not (TokenKind.Equal or TokenKind.NotEqual))
            foreach (var operand in (ReadOnlySpan<Operand>)[left, right])
                if (operand.StaticType is { } type and not ("S" or "N" or "B"))
                    reader.Note(Problem.OperandType,
                        $"Incorrect operand type for operator or function; operator: {symbol}, operand type: {type}");
        return new Comparison(comparator, left, right);
    }

    public static Condition Between(ref ExpressionReader reader, Operand operand, Operand lower, Operand upper)
    {
        if (lower is ValueOperand { Value: { } low } && upper is ValueOperand { Value: { } high })
        {
            var bounds = $"lower bound operand: AttributeValue: {low}, upper bound operand: AttributeValue: {high}";
            if (low.Type != high.Type)
                reader.Note(Problem.OperandType,
                    $"The BETWEEN operator requires same data type for lower and upper bounds; {bounds}");
            else if (!ScalarOrder.IsScalar(low))
                reader.Note(Problem.OperandType, "Incorrect operand type for operator or function; "
                    + $"operator: BETWEEN, operand type: {low.Type}");
            else if (ScalarOrder.TryCompare(low, high) > 0)
                reader.Note(Problem.OperandType, "The BETWEEN operator requires upper bound to be greater than or "
                    + $"equal to lower bound; {bounds}");
        }

        return new Between(operand, lower, upper);
    }

    /// <returns>A condition, or for size() an operand.</returns>
    public static Node Function(ref ExpressionReader reader, string name, IReadOnlyList<Operand> arguments)
    {
        var expected = name switch
        {
            "attribute_exists" or "attribute_not_exists" or "size" => 1,
            "attribute_type" or "begins_with" or "contains" => 2,
            _ => 0,
        };
        if (expected == 0) reader.Note(Problem.UnknownFunction, $"Invalid function name; function: {name}");
        else if (expected != arguments.Count)
            reader.Note(Problem.OperandCount, ExpressionErrors.OperandCount(name, arguments.Count));
        if (expected != arguments.Count) return new AttributeExists(arguments[0]);
        if (expected == 2) CheckDistinct(ref reader, name, arguments[0], arguments[1]);
        CheckTypes(ref reader, name, arguments);
        return name switch
        {
            "attribute_exists" => new AttributeExists(arguments[0]),
            "attribute_not_exists" => new AttributeNotExists(arguments[0]),
            "attribute_type" => new AttributeType(arguments[0], arguments[1]),
            "begins_with" => new BeginsWith(arguments[0], arguments[1]),
            "contains" => new Contains(arguments[0], arguments[1]),
            _ => new SizeOperand(arguments[0]),
        };
    }

    private static void CheckTypes(ref ExpressionReader reader, string name, IReadOnlyList<Operand> arguments)
    {
        switch (name)
        {
            case "attribute_exists" or "attribute_not_exists" when arguments[0] is not PathOperand:
                reader.Note(Problem.OperandType, ExpressionErrors.PathRequired(name));
                break;
            case "begins_with":
                foreach (var argument in arguments)
                    if (argument.StaticType is { } type and not ("S" or "B"))
                        reader.Note(Problem.OperandType, ExpressionErrors.OperandType(name, type));
                break;
            case "size" when arguments[0].StaticType is { } type and ("N" or "BOOL" or "NULL"):
                reader.Note(Problem.OperandType, ExpressionErrors.OperandType(name, type));
                break;
            case "attribute_type" when arguments[1] is not ValueOperand { Value: StringValue }:
                reader.Note(Problem.OperandType, ExpressionErrors.OperandType(
                    name, arguments[1].StaticType ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
                break;
            case "attribute_type" when arguments[1] is ValueOperand { Value: StringValue { Value: var type } }
                && type is not ("S" or "N" or "B" or "BOOL" or "NULL" or "M" or "L" or "SS" or "NS" or "BS"):
                reader.Note(Problem.OperandType,
                    $"Invalid attribute type name found; type: {type}, valid types: {TypeNames}");
                break;
        }
    }

    private static void CheckDistinct(ref ExpressionReader reader, string symbol, Operand left, Operand right)
    {
        if (left is PathOperand { Path: var a } && right is PathOperand { Path: var b } && a.Equals(b))
            reader.Note(Problem.IndistinctOperands, "The first operand must be distinct from the remaining operands "
                + $"for this operator or function; operator: {symbol}, first operand: {a}");
    }
}
