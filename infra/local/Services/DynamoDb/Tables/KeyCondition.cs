using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Turns a key condition expression into the range of keys that it means.</summary>
internal static class KeyCondition
{
    /// <exception cref="AwsException">ValidationException: it is no condition on this key.</exception>
    public static KeyRange Read(Condition condition, TableSchema schema)
    {
        var conditions = new Dictionary<string, Constraint>(StringComparer.Ordinal);
        Collect(condition, conditions);
        if (conditions.Count > 2) throw Error("Conditions can be of length 1 or 2 only");
        if (!conditions.Remove(schema.Hash.Name, out var hash))
            throw Error($"Query condition missed key schema element: {schema.Hash.Name}");
        CheckType(hash, schema.Hash);
        if (hash.Operator != "=") throw Error("Query key condition not supported");
        var partition = hash.Values[0];
        if (conditions.Count == 0)
            return new KeyRange(Start(partition), End(partition));

        if (schema.Range is null) throw Error("Query key condition not supported");
        if (!conditions.TryGetValue(schema.Range.Name, out var range))
            throw Error($"Query condition missed key schema element: {schema.Range.Name}");
        CheckType(range, schema.Range);
        return Range(partition, range);
    }

    private static KeyRange Range(AttributeValue partition, Constraint range)
    {
        var at = new ItemKey(partition, range.Values[0]);
        var (before, behind) = (new Bound(at, -1), new Bound(at, 1));
        return range.Operator switch
        {
            "=" => new KeyRange(before, behind),
            "<" => new KeyRange(Start(partition), before),
            "<=" => new KeyRange(Start(partition), behind),
            ">" => new KeyRange(behind, End(partition)),
            ">=" => new KeyRange(before, End(partition)),
            "begins_with" => new KeyRange(before, new Bound(at with { Edge = 1 }, 1)),
            _ => new KeyRange(before, new Bound(new ItemKey(partition, range.Values[1]), 1)),
        };
    }

    private static Bound Start(AttributeValue partition) => new(new ItemKey(partition, null, -1), -1);

    private static Bound End(AttributeValue partition) => new(new ItemKey(partition, null, 1), 1);

    private static void Collect(Condition condition, Dictionary<string, Constraint> conditions)
    {
        switch (condition)
        {
            case AndCondition and:
                foreach (var part in and.Parts) Collect((Condition)part, conditions);
                break;
            case Comparison { Comparator: not TokenKind.NotEqual } comparison:
                Add(conditions, Symbol(comparison.Comparator), comparison.Parts, mayBeTurned: true);
                break;
            case Between between:
                Add(conditions, "BETWEEN", between.Parts, mayBeTurned: false);
                break;
            case BeginsWith beginsWith:
                Add(conditions, beginsWith.Name, beginsWith.Parts, mayBeTurned: false);
                break;
            default:
                throw Error($"Invalid operator used in KeyConditionExpression: {Name(condition)}");
        }
    }

    private static void Add(
        Dictionary<string, Constraint> conditions, string symbol, IEnumerable<Node> parts, bool mayBeTurned)
    {
        var operands = parts.ToList();
        if (operands.Any(operand => operand is SizeOperand))
            throw Error("KeyConditionExpressions cannot contain nested operations");
        var paths = operands.OfType<PathOperand>().Select(operand => operand.Path).ToList();
        if (paths.Any(path => path.IsNested))
            throw Error("KeyConditionExpressions cannot have conditions on nested attributes");
        const string invalid = "Invalid condition in KeyConditionExpression: ";
        if (paths.Count == 0) throw Error(invalid + "No key attribute specified");
        if (paths.Count > 1) throw Error(invalid + "Multiple attribute names used in one condition");
        if (operands[0] is not PathOperand)
        {
            if (!mayBeTurned)
                throw Error(invalid + $"{symbol} operator must have the key attribute as its first operand");
            symbol = symbol.Replace('<', '?').Replace('>', '<').Replace('?', '>');
        }

        var values = operands.OfType<ValueOperand>().Select(operand => operand.Value!).ToList();
        if (!conditions.TryAdd(paths[0].Attribute, new Constraint(symbol, values)))
            throw Error("KeyConditionExpressions must only contain one condition per key");
    }

    private static void CheckType(Constraint constraint, KeyAttribute attribute)
    {
        if (constraint.Values.Any(value => value.Type != attribute.Type)
            || (constraint.Operator == "begins_with" && attribute.Type == "N"))
            throw Error("One or more parameter values were invalid: "
                + "Condition parameter type does not match schema type");
        if (constraint.Values.Any(value => value.Size == 0) && constraint.Operator == "=")
            throw DynamoDbErrors.EmptyKey(attribute.Name, attribute.Type);
    }

    private static string Symbol(TokenKind comparator) => comparator switch
    {
        TokenKind.Equal => "=",
        TokenKind.Less => "<",
        TokenKind.LessOrEqual => "<=",
        TokenKind.Greater => ">",
        _ => ">=",
    };

    private static string Name(Condition condition) => condition switch
    {
        OrCondition => "OR",
        NotCondition => "NOT",
        InList => "IN",
        FunctionCondition function => function.Name,
        _ => "<>",
    };

    private static AwsException Error(string message) => DynamoDbErrors.Validation(message);

    /// <param name="Values">One, or the two bounds of BETWEEN.</param>
    private sealed record Constraint(string Operator, IReadOnlyList<AttributeValue> Values);
}
