using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>
/// Reads condition, filter and key condition expressions by recursive descent: OR, AND, NOT, comparison, operand.
/// A parenthesis may hold a condition or an operand; which of them, only its content tells.
/// </summary>
internal ref struct ConditionParser
{
    private ExpressionReader reader;
    private int depth;
    private Node? lastParenthesised;

    private ConditionParser(ExpressionReader reader) => this.reader = reader;

    /// <param name="kind">ConditionExpression, FilterExpression or KeyConditionExpression.</param>
    /// <returns>Null when there is no expression.</returns>
    /// <exception cref="AwsException">ValidationException: the expression is not valid.</exception>
    public static Condition? Parse(string kind, string? text, Placeholders placeholders)
    {
        if (text is null) return null;
        var parser = new ConditionParser(new ExpressionReader(kind, text, placeholders));
        var condition = parser.AsCondition(parser.ReadOr(inParentheses: false));
        parser.reader.Finish();
        return condition;
    }

    private Node ReadOr(bool inParentheses)
    {
        var left = ReadAnd(inParentheses);
        while (reader.TryTakeKeyword("OR"))
        {
            reader.CountOperator();
            left = new OrCondition(AsCondition(left), AsCondition(ReadAnd(inParentheses: false)));
        }

        return left;
    }

    private Node ReadAnd(bool inParentheses)
    {
        var left = ReadNot(inParentheses);
        while (reader.TryTakeKeyword("AND"))
        {
            reader.CountOperator();
            left = new AndCondition(AsCondition(left), AsCondition(ReadNot(inParentheses: false)));
        }

        return left;
    }

    private Node ReadNot(bool inParentheses)
    {
        if (!reader.TryTakeKeyword("NOT")) return ReadComparison(inParentheses);
        reader.CountOperator();
        return new NotCondition(AsCondition(ReadNot(inParentheses: false)));
    }

    private Node ReadComparison(bool inParentheses)
    {
        var left = ReadPrimary();
        if (reader.Next is >= TokenKind.Equal and <= TokenKind.GreaterOrEqual)
        {
            var comparator = reader.Next;
            var symbol = reader.Take(comparator).ToString();
            reader.CountOperator();
            return ConditionRules.Compare(
                ref reader, comparator, symbol, AsOperand(left), AsOperand(ReadPrimary()));
        }

        if (reader.TryTakeKeyword("BETWEEN"))
        {
            reader.CountOperator();
            var lower = AsOperand(ReadPrimary());
            if (!reader.TryTakeKeyword("AND")) throw reader.SyntaxError();
            return ConditionRules.Between(ref reader, AsOperand(left), lower, AsOperand(ReadPrimary()));
        }

        if (reader.TryTakeKeyword("IN"))
        {
            reader.CountOperator();
            var list = ReadArguments();
            if (list.Count > DynamoDbLimits.InOperands)
                reader.Note(Problem.OperandCount, ExpressionErrors.OperandCount("IN", list.Count));
            return new InList(AsOperand(left), list);
        }

        // A bare path or value is no condition; in parentheses it may still become one's operand.
        if (left is Operand and not SizeOperand && !(inParentheses && reader.Next == TokenKind.CloseParenthesis))
            throw reader.SyntaxError();
        return left;
    }

    private Node ReadPrimary()
    {
        if (reader.TryTake(TokenKind.OpenParenthesis))
        {
            if (++depth > DynamoDbLimits.ExpressionOperators)
                throw ExpressionErrors.TooManyOperators(reader.Kind, depth);
            var inner = ReadOr(inParentheses: true);
            reader.Take(TokenKind.CloseParenthesis);
            depth--;
            if (ReferenceEquals(inner, lastParenthesised))
                reader.Note(Problem.RedundantParentheses, "The expression has redundant parentheses;");
            lastParenthesised = inner;
            return inner;
        }

        if (reader.Next == TokenKind.ValuePlaceholder) return reader.ReadValue();
        return reader.Next == TokenKind.Word && reader.AfterNext == TokenKind.OpenParenthesis
            ? ReadFunction()
            : new PathOperand(reader.ReadPath());
    }

    private List<Operand> ReadArguments()
    {
        reader.Take(TokenKind.OpenParenthesis);
        var arguments = new List<Operand>();
        do
        {
            arguments.Add(AsOperand(ReadPrimary()));
        }
        while (reader.TryTake(TokenKind.Comma));
        reader.Take(TokenKind.CloseParenthesis);
        return arguments;
    }

    private Node ReadFunction()
    {
        var name = reader.Take(TokenKind.Word).ToString();
        reader.CountOperator();
        if (++depth > DynamoDbLimits.ExpressionOperators) throw ExpressionErrors.TooManyOperators(reader.Kind, depth);
        var arguments = ReadArguments();
        depth--;
        return ConditionRules.Function(ref reader, name, arguments);
    }

    // size() is the only function with a value, and the only one that is no condition.
    private readonly Condition AsCondition(Node node)
    {
        if (node is Condition condition) return condition;
        if (node is not SizeOperand) throw reader.SyntaxError();
        reader.Note(Problem.MisusedFunction, Misused("size"));
        return new AttributeExists(new ValueOperand(null));
    }

    private readonly Operand AsOperand(Node node)
    {
        if (node is Operand operand) return operand;
        if (node is not FunctionCondition function) throw reader.SyntaxError();
        reader.Note(Problem.MisusedFunction, Misused(function.Name));
        return new ValueOperand(null);
    }

    private static string Misused(string function) =>
        $"The function is not allowed to be used this way in an expression; function: {function}";
}
