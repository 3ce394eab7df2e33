using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>A piece of a template that writes text.</summary>
internal abstract record Node
{
    public abstract void Write(StringBuilder output, TemplateScope scope);
}

internal sealed record TextNode(string Text) : Node
{
    public override void Write(StringBuilder output, TemplateScope scope) => output.Append(Text);
}

internal sealed record ValueNode(Term Value) : Node
{
    public override void Write(StringBuilder output, TemplateScope scope)
    {
        output.Append(Values.Text(Value.Evaluate(scope)));
        if (output.Length > ApiGatewayLimits.MaxPayloadBytes)
            throw new TemplateFailedException("The mapping template writes more than a payload holds.");
    }
}

internal sealed record SetNode(string Name, Term Value) : Node
{
    public override void Write(StringBuilder output, TemplateScope scope) => scope.Set(Name, Value.Evaluate(scope));
}

internal sealed record Branch(Term? Condition, IReadOnlyList<Node> Body);

/// <param name="Branches">The first whose condition holds is written; one without a condition always holds.</param>
internal sealed record IfNode(IReadOnlyList<Branch> Branches) : Node
{
    public override void Write(StringBuilder output, TemplateScope scope)
    {
        var branch = Branches.FirstOrDefault(
            branch => branch.Condition is null || Values.IsTrue(branch.Condition.Evaluate(scope)));
        foreach (var node in branch?.Body ?? []) node.Write(output, scope);
    }
}

internal sealed record ForeachNode(string Name, Term List, IReadOnlyList<Node> Body) : Node
{
    private const string Loop = "foreach";

    /// <exception cref="TemplateFailedException">More items than AWS allows.</exception>
    public override void Write(StringBuilder output, TemplateScope scope)
    {
        var items = Values.Items(List.Evaluate(scope));
        if (items.Count > ApiGatewayLimits.MaxForeachItems)
            throw new TemplateFailedException("#foreach goes over more items than API Gateway allows.");
        var (outer, shadowed) = (scope.Get(Loop), scope.Get(Name));
        for (var i = 0; i < items.Count; i++)
        {
            scope.Turn();
            scope.Set(Name, items[i]);
            scope.Set(Loop, new JsonObject
            {
                ["index"] = i,
                ["count"] = i + 1,
                ["hasNext"] = i + 1 < items.Count,
                ["first"] = i == 0,
                ["last"] = i + 1 == items.Count,
            });
            foreach (var node in Body) node.Write(output, scope);
        }

        scope.Set(Loop, outer);
        scope.Set(Name, shadowed);
    }
}
