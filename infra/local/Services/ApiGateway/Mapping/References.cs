using System.Text;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>Reads <c>$name</c>, <c>${name}</c>, <c>$!name</c> and what follows: members, methods, indexes.</summary>
internal sealed class References
{
    private readonly Cursor cursor;
    private readonly bool isPlain;
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);

    public References(Cursor cursor, bool isPlain)
    {
        this.cursor = cursor;
        this.isPlain = isPlain;
        Expressions = new ExpressionReader(cursor, this);
    }

    private References(Cursor cursor, bool isPlain, HashSet<string> declared)
        : this(cursor, isPlain) => this.declared = declared;

    public ExpressionReader Expressions { get; }

    /// <summary>Whether values have methods and indexes; in a gateway response they have not.</summary>
    public bool AllowsCalls => !isPlain;

    /// <summary>Whether a reference stands here, and not a dollar sign of the text.</summary>
    public static bool StartsAt(Cursor cursor)
    {
        if (cursor.Current != '$') return false;
        var offset = 1;
        if (cursor.At(offset) == '!') offset++;
        if (cursor.At(offset) == '{') offset++;
        return char.IsAsciiLetter(cursor.At(offset)) || cursor.At(offset) == '_';
    }

    public void Declare(string name) => declared.Add(name);

    /// <summary>Reads a text in double quotes.</summary>
    public IReadOnlyList<Node> Inside(Cursor inner)
    {
        var (nodes, text) = (new List<Node>(), new StringBuilder());
        var references = new References(inner, isPlain, declared);
        while (!inner.AtEnd)
        {
            if (!StartsAt(inner))
            {
                text.Append(inner.Current);
                inner.Skip();
                continue;
            }

            nodes.Add(new TextNode(text.ToString()));
            text.Clear();
            nodes.Add(new ValueNode(references.Read()));
        }

        nodes.Add(new TextNode(text.ToString()));
        return nodes;
    }

    /// <exception cref="TemplateSyntaxException">It names something that is not supported.</exception>
    public Term Read()
    {
        cursor.Take("$");
        cursor.TryTake("!");
        var isBraced = cursor.TryTake("{");
        var term = ReadRoot(cursor.TakeName());
        while (ReadStep(term) is { } next) term = next;
        if (isBraced) cursor.Take("}");
        return term;
    }

    private Term ReadRoot(string name)
    {
        if (name == "context") return TemplateVariables.Context(this, cursor);
        if (name == "stageVariables") return TemplateVariables.StageVariable(this, cursor);
        if (isPlain)
            throw cursor.Error($"${name} is not supported here; supported are $context and $stageVariables");
        if (name is "input" or "util") return TemplateVariables.Function(name, this, cursor);
        return declared.Contains(name)
            ? new Variable(name)
            : throw cursor.Error(
                $"${name} is not set above; given are $context, $input, $stageVariables and $util");
    }

    /// <returns>Null when the reference ends here.</returns>
    private Term? ReadStep(Term owner)
    {
        if (isPlain) return null;
        if (cursor.Current == '[')
        {
            cursor.Skip();
            var index = Expressions.Read();
            cursor.Take("]");
            return new Call(owner, Methods.Find("get", 1)!, [index]);
        }

        if (!AtMember()) return null;
        var name = TakeMember();
        return cursor.Current == '(' ? ReadCall(owner, name) : new Member(owner, name);
    }

    /// <summary>Reads the arguments of a method, at whose opening parenthesis the cursor stands.</summary>
    /// <exception cref="TemplateSyntaxException">There is no such method.</exception>
    public Term ReadCall(Term owner, string name)
    {
        var arguments = ReadArguments();
        return Methods.Find(name, arguments.Count) is { } method
            ? new Call(owner, method, arguments)
            : throw cursor.Error(
                $".{name}() with {arguments.Count} arguments is not supported; supported are {Methods.Supported}");
    }

    /// <summary>Whether a dot and a name follow; a dot alone is text.</summary>
    public bool AtMember() => cursor.Current == '.' && (char.IsAsciiLetter(cursor.At(1)) || cursor.At(1) == '_');

    public string TakeMember()
    {
        cursor.Take(".");
        return cursor.TakeName();
    }

    public IReadOnlyList<Term> ReadArguments()
    {
        var arguments = new List<Term>();
        cursor.Take("(");
        cursor.SkipBlanks();
        if (cursor.TryTake(")")) return arguments;
        do arguments.Add(Expressions.Read());
        while (cursor.TryTake(","));
        cursor.Take(")");
        return arguments;
    }
}
