using System.Text;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>Reads text, references and directives.</summary>
/// <param name="isPlain">Whether only $context and $stageVariables are known, and <c>#</c> is text.</param>
internal sealed class TemplateReader(Cursor cursor, bool isPlain)
{
    private readonly References references = new(cursor, isPlain);
    private int depth;

    /// <exception cref="TemplateSyntaxException">Something is not supported or not closed.</exception>
    public IReadOnlyList<Node> ReadAll()
    {
        var nodes = ReadBody();
        return cursor.AtEnd ? nodes : throw cursor.Error("there is nothing here that this ends");
    }

    /// <summary>Stops before <c>#end</c>, <c>#else</c> and <c>#elseif</c>.</summary>
    private List<Node> ReadBody()
    {
        var nodes = new List<Node>();
        var text = new StringBuilder();
        while (!cursor.AtEnd && !AtEndOfBody())
        {
            if (ReadSpecial() is not { } node)
            {
                text.Append(cursor.Current);
                cursor.Skip();
                continue;
            }

            if (text.Length > 0) nodes.Add(new TextNode(text.ToString()));
            text.Clear();
            nodes.Add(node);
        }

        if (text.Length > 0) nodes.Add(new TextNode(text.ToString()));
        return nodes;
    }

    /// <returns>Null when plain text stands here.</returns>
    private Node? ReadSpecial()
    {
        if (cursor.Current == '\\' && cursor.At(1) is '$' or '#') throw cursor.Error("escapes by \\ are not supported");
        if (References.StartsAt(cursor)) return new ValueNode(references.Read());
        if (isPlain || cursor.Current != '#') return null;
        if (cursor.Looks("##"))
        {
            cursor.TakeWhile(c => c != '\n');
            cursor.Skip();
            return new TextNode("");
        }

        if (cursor.TryTake("#*"))
        {
            cursor.TakeUntil("*#");
            return new TextNode("");
        }

        return Directive(0) is { Length: > 0 } name ? ReadDirective(name) : null;
    }

    private Node ReadDirective(string name)
    {
        if (++depth > ApiGatewayLimits.MaxTemplateDepth) throw cursor.Error("directives stand too deep in each other");
        Node? node = name switch
        {
            "set" => ReadSet(),
            "if" => ReadIf(),
            "foreach" => ReadForeach(),
            _ => throw cursor.Error(
                $"#{name} is not supported; supported are #set, #if, #elseif, #else, #end, #foreach"),
        };
        depth--;
        return node;
    }

    private SetNode ReadSet()
    {
        TakeDirective("set");
        cursor.Take("(");
        cursor.Take("$");
        var name = cursor.TakeName();
        var path = cursor.TakeWhile(c => c is not ('=' or ')' or '\n'));
        if (cursor.Current != '=' || !string.IsNullOrWhiteSpace(path))
            throw cursor.Error($"${name}{path.TrimEnd()} can't be set: only plain variables can be");
        cursor.Take("=");
        var value = references.Expressions.Read();
        cursor.Take(")");
        cursor.SkipBlankRestOfLine();
        references.Declare(name);
        return new SetNode(name, value);
    }

    private IfNode ReadIf()
    {
        var branches = new List<Branch>();
        TakeDirective("if");
        branches.Add(new Branch(ReadCondition(), ReadBody()));
        while (Directive(0) == "elseif")
        {
            TakeDirective("elseif");
            branches.Add(new Branch(ReadCondition(), ReadBody()));
        }

        if (Directive(0) == "else")
        {
            TakeDirective("else");
            cursor.SkipBlankRestOfLine();
            branches.Add(new Branch(null, ReadBody()));
        }

        TakeEnd("#if");
        return new IfNode(branches);
    }

    private Term ReadCondition()
    {
        cursor.Take("(");
        var condition = references.Expressions.Read();
        cursor.Take(")");
        cursor.SkipBlankRestOfLine();
        return condition;
    }

    private ForeachNode ReadForeach()
    {
        TakeDirective("foreach");
        cursor.Take("(");
        cursor.Take("$");
        var name = cursor.TakeName();
        cursor.Take("in");
        var list = references.Expressions.Read();
        cursor.Take(")");
        cursor.SkipBlankRestOfLine();
        references.Declare(name);
        references.Declare("foreach");
        var body = ReadBody();
        TakeEnd("#foreach");
        return new ForeachNode(name, list, body);
    }

    private void TakeEnd(string directive)
    {
        if (Directive(0) != "end") throw cursor.Error($"the #end of an {directive} is missing");
        TakeDirective("end");
        cursor.SkipBlankRestOfLine();
    }

    private bool AtEndOfBody() => !isPlain && Directive(0) is "end" or "else" or "elseif";

    /// <summary>The directive that stands here, as <c>#name</c> or <c>#{name}</c>; empty when none does.</summary>
    private string Directive(int offset)
    {
        if (cursor.At(offset) != '#') return "";
        var start = cursor.At(offset + 1) == '{' ? offset + 2 : offset + 1;
        var end = start;
        while (char.IsAsciiLetter(cursor.At(end))) end++;
        return string.Create(end - start, (cursor, start), static (name, from) =>
        {
            for (var i = 0; i < name.Length; i++) name[i] = from.cursor.At(from.start + i);
        });
    }

    private void TakeDirective(string name)
    {
        if (!cursor.TryTake($"#{{{name}}}")) cursor.Take($"#{name}");
    }
}
