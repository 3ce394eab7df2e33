using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>Walks over the tokens of one expression, and reads what all kinds of expression share.</summary>
/// <remarks>
/// A syntax error ends the reading at once. Any other problem is kept, and the one of the highest rank
/// is reported at the end: AWS looks for them in that order, not from left to right.
/// </remarks>
internal ref struct ExpressionReader
{
    private readonly ReadOnlySpan<char> text;
    private readonly List<Token> tokens;
    private readonly Placeholders placeholders;
    private readonly ProblemList problems;
    private int position;
    private int operators;

    /// <param name="kind">For example <c>UpdateExpression</c>, as it appears in error messages.</param>
    /// <exception cref="AwsException">ValidationException: the expression is empty or too long.</exception>
    public ExpressionReader(string kind, string text, Placeholders placeholders)
    {
        Kind = kind;
        this.text = text;
        this.placeholders = placeholders;
        if (text.Length == 0) throw ExpressionErrors.Empty(kind);
        if (Encoding.UTF8.GetByteCount(text) > DynamoDbLimits.ExpressionBytes) throw ExpressionErrors.TooLong(kind);
        tokens = Tokenizer.Read(text);
        problems = new ProblemList();
    }

    public string Kind { get; }

    public readonly TokenKind Next => tokens[position].Kind;

    public readonly TokenKind AfterNext => tokens[Math.Min(position + 1, tokens.Count - 1)].Kind;

    public readonly void Note(Problem problem, string message) => problems.Note(problem, message);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="AwsException">ValidationException: text is left over, or a problem was noted.</exception>
    public readonly void Finish()
    {
        if (Next != TokenKind.End) throw SyntaxError();
        if (problems.First is { } message) throw ExpressionErrors.Invalid(Kind, message);
    }

    /// <summary>AWS's message, which shows the token at fault between its neighbours.</summary>
    public readonly AwsException SyntaxError()
    {
        var token = tokens[position];
        var start = position > 0 ? tokens[position - 1].Start : token.Start;
        var end = token.Kind == TokenKind.End
            ? tokens[Math.Max(0, position - 1)].End
            : tokens[position + 1].End;
        if (token.Kind != TokenKind.End && tokens[position + 1].Kind == TokenKind.End) end = token.End;
        var shown = token.Kind == TokenKind.End ? "<EOF>" : text.Slice(token.Start, token.Length).ToString();
        return ExpressionErrors.Invalid(
            Kind, $"Syntax error; token: \"{shown}\", near: \"{text[Math.Min(start, end)..end]}\"");
    }

    public ReadOnlySpan<char> Take(TokenKind kind)
    {
        if (Next != kind) throw SyntaxError();
        var token = tokens[position++];
        return text.Slice(token.Start, token.Length);
    }

    public bool TryTake(TokenKind kind)
    {
        if (Next != kind) return false;
        position++;
        return true;
    }

    public readonly bool IsKeyword(string keyword) => Next == TokenKind.Word
        && text.Slice(tokens[position].Start, tokens[position].Length)
            .Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool TryTakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword)) return false;
        position++;
        return true;
    }

    /// <summary>Counts an operator or function. The bound also keeps recursion in expressions shallow.</summary>
    public void CountOperator()
    {
        if (++operators > DynamoDbLimits.ExpressionOperators) throw ExpressionErrors.TooManyOperators(Kind, operators);
    }

    public ValueOperand ReadValue()
    {
        var name = Take(TokenKind.ValuePlaceholder).ToString();
        if (placeholders.Value(name) is { } value) return new ValueOperand(value);
        Note(Problem.UndefinedValue, "An expression attribute value used in expression is not defined; "
            + $"attribute value: {name}");
        return new ValueOperand(null);
    }

    /// <summary>A path into an item: <c>a.#b[0]</c>.</summary>
    public DocumentPath ReadPath()
    {
        var elements = ImmutableArray.CreateBuilder<PathElement>();
        elements.Add(new PathElement(ReadName(), 0));
        while (true)
        {
            if (TryTake(TokenKind.Dot)) elements.Add(new PathElement(ReadName(), 0));
            else if (TryTake(TokenKind.OpenBracket))
            {
                elements.Add(new PathElement(null, ReadIndex()));
                Take(TokenKind.CloseBracket);
            }
            else break;
        }

        if (elements.Count > DynamoDbLimits.NestingLevels)
            Note(Problem.PathTooDeep, "The document path has too many nesting elements; "
                + $"nesting levels exceeded: {DynamoDbLimits.NestingLevels}");
        return new DocumentPath(elements.DrainToImmutable());
    }

    private string ReadName()
    {
        if (Next == TokenKind.Word)
        {
            if (IsGrammarWord()) throw SyntaxError();
            var word = Take(TokenKind.Word).ToString();
            // An update reports a reserved word before anything else, a condition after its functions.
            if (ReservedWords.Contains(word))
                Note(Kind == "UpdateExpression" ? Problem.ReservedWordInUpdate : Problem.ReservedWord,
                    $"Attribute name is a reserved keyword; reserved keyword: {word}");
            return word;
        }

        var placeholder = Take(TokenKind.NamePlaceholder).ToString();
        if (placeholders.Name(placeholder) is { } name) return name;
        Note(Problem.UndefinedName, "An expression attribute name used in the document path is not defined; "
            + $"attribute name: {placeholder}");
        return placeholder;
    }

    private readonly bool IsGrammarWord() => Kind == "UpdateExpression"
        ? IsKeyword("SET") || IsKeyword("REMOVE") || IsKeyword("ADD") || IsKeyword("DELETE")
        : IsKeyword("AND") || IsKeyword("OR") || IsKeyword("NOT") || IsKeyword("BETWEEN") || IsKeyword("IN");

    private int ReadIndex()
    {
        var digits = Take(TokenKind.Number);
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return index;
        Note(Problem.PathTooDeep, $"List index is not within the allowable range; index: [{digits}]");
        return 0;
    }
}
