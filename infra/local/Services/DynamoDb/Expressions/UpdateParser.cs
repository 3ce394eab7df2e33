using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>Reads update expressions: SET, REMOVE, ADD and DELETE sections, each at most once, in any order.</summary>
internal ref struct UpdateParser
{
    private readonly List<UpdateAction> actions = [];
    private ExpressionReader reader;

    private UpdateParser(ExpressionReader reader) => this.reader = reader;

    /// <returns>Null when there is no expression.</returns>
    /// <exception cref="AwsException">ValidationException: the expression is not valid.</exception>
    public static Update? Parse(string? text, Placeholders placeholders)
    {
        if (text is null) return null;
        var parser = new UpdateParser(new ExpressionReader("UpdateExpression", text, placeholders));
        parser.ReadSections();
        parser.reader.Finish();
        return new Update(parser.actions);
    }

    private void ReadSections()
    {
        var seen = new HashSet<string>();
        do
        {
            var section = reader.TryTakeKeyword("SET") ? "SET"
                : reader.TryTakeKeyword("REMOVE") ? "REMOVE"
                : reader.TryTakeKeyword("ADD") ? "ADD"
                : reader.TryTakeKeyword("DELETE") ? "DELETE"
                : throw reader.SyntaxError();
            if (!seen.Add(section))
                reader.Note(Problem.RepeatedSection,
                    $"The \"{section}\" section can only be used once in an update expression;");
            do
            {
                ReadAction(section);
            }
            while (reader.TryTake(TokenKind.Comma));
        }
        while (reader.Next != TokenKind.End);
    }

    private void ReadAction(string section)
    {
        reader.CountOperator();
        var path = reader.ReadPath();
        PathRules.CheckAgainst(ref reader, actions.Select(action => action.Path), path);
        switch (section)
        {
            case "SET":
                reader.Take(TokenKind.Equal);
                actions.Add(new SetAction(path, ReadSum()));
                break;
            case "REMOVE":
                actions.Add(new RemoveAction(path));
                break;
            default:
                var value = reader.ReadValue().Value;
                if (value is not (null or SetValue) && !(section == "ADD" && value is NumberValue))
                    reader.Note(Problem.OperandType, "Incorrect operand type for operator or function; "
                        + $"operator: {section}, operand type: {LongTypeName(value)}");
                actions.Add(section == "ADD"
                    ? new AddAction(path, value!)
                    : new DeleteAction(path, value as SetValue));
                break;
        }
    }

    private Operand ReadSum()
    {
        var left = ReadOperand();
        if (reader.Next is not (TokenKind.Plus or TokenKind.Minus)) return left;
        var subtract = reader.Next == TokenKind.Minus;
        var symbol = reader.Take(reader.Next).ToString();
        reader.CountOperator();
        var right = ReadOperand();
        foreach (var operand in (ReadOnlySpan<Operand>)[left, right])
            if (operand is ValueOperand { StaticType: { } type and not "N" })
                reader.Note(Problem.OperandType, ExpressionErrors.OperandType(symbol, type));
        return new Arithmetic(subtract, left, right);
    }

    private Operand ReadOperand()
    {
        if (reader.TryTake(TokenKind.OpenParenthesis))
        {
            if (reader.Next == TokenKind.OpenParenthesis)
                reader.Note(Problem.RedundantParentheses, "The expression has redundant parentheses;");
            reader.CountOperator();
            var inner = ReadSum();
            reader.Take(TokenKind.CloseParenthesis);
            return inner;
        }

        if (reader.Next == TokenKind.ValuePlaceholder) return reader.ReadValue();
        return reader.Next == TokenKind.Word && reader.AfterNext == TokenKind.OpenParenthesis
            ? ReadFunction()
            : new PathOperand(reader.ReadPath());
    }

    private Operand ReadFunction()
    {
        var name = reader.Take(TokenKind.Word).ToString();
        reader.CountOperator();
        reader.Take(TokenKind.OpenParenthesis);
        var arguments = new List<Operand>();
        do
        {
            arguments.Add(ReadOperand());
        }
        while (reader.TryTake(TokenKind.Comma));
        reader.Take(TokenKind.CloseParenthesis);

        if (name is not ("if_not_exists" or "list_append"))
            reader.Note(Problem.UnknownFunction, $"Invalid function name; function: {name}");
        else if (arguments.Count != 2)
            reader.Note(Problem.OperandCount, ExpressionErrors.OperandCount(name, arguments.Count));
        else if (name == "if_not_exists" && arguments[0] is not PathOperand)
            reader.Note(Problem.OperandType, ExpressionErrors.PathRequired(name));
        else if (name == "list_append")
            foreach (var argument in arguments)
                if (argument is ValueOperand { StaticType: { } type and not "L" })
                    reader.Note(Problem.OperandType, ExpressionErrors.OperandType(name, type));
        return name == "list_append"
            ? new ListAppend(arguments[0], arguments[^1])
            : new IfNotExists(arguments[0], arguments[^1]);
    }

    private static string LongTypeName(AttributeValue value) => value.Type switch
    {
        "S" => "STRING",
        "N" => "NUMBER",
        "B" => "BINARY",
        "BOOL" => "BOOLEAN",
        "L" => "LIST",
        "M" => "MAP",
        var other => other,
    };
}
