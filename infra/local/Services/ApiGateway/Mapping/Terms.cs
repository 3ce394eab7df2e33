using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>A piece of a template that has a value.</summary>
internal abstract record Term
{
    public abstract JsonNode? Evaluate(TemplateScope scope);

    public string Text(TemplateScope scope) => Values.Text(Evaluate(scope));
}

/// <summary>A number, a boolean or a text without references.</summary>
internal sealed record Constant(JsonNode Value) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope) => Value;
}

/// <summary>A text in double quotes, with references inside.</summary>
internal sealed record Interpolation(IReadOnlyList<Node> Parts) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope)
    {
        var output = new StringBuilder();
        foreach (var part in Parts) part.Write(output, scope);
        return JsonValue.Create(output.ToString());
    }
}

/// <summary>A variable that the template sets.</summary>
internal sealed record Variable(string Name) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope) => scope.Get(Name);
}

/// <summary>
/// What every template has: <c>$context</c>, <c>$stageVariables</c>, the functions of $input and $util.
/// </summary>
internal sealed record Given(Func<TemplateScope, JsonNode?> Read) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope) => Read(scope);
}

internal sealed record Member(Term Owner, string Name) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope) => (Owner.Evaluate(scope) as JsonObject)?[Name];
}

/// <summary>One of the methods of <see cref="Methods"/> on a value.</summary>
internal sealed record Call(Term Owner, ValueMethod Method, IReadOnlyList<Term> Arguments) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope) =>
        Method(Owner.Evaluate(scope), [.. Arguments.Select(argument => argument.Evaluate(scope))]);
}

internal sealed record Not(Term Operand) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope) => !Values.IsTrue(Operand.Evaluate(scope));
}

/// <param name="Operator">One of those that <see cref="ExpressionReader"/> reads.</param>
internal sealed record Binary(string Operator, Term Left, Term Right) : Term
{
    public override JsonNode? Evaluate(TemplateScope scope)
    {
        var left = Left.Evaluate(scope);
        if (Operator == "&&") return Values.IsTrue(left) && Values.IsTrue(Right.Evaluate(scope));
        if (Operator == "||") return Values.IsTrue(left) || Values.IsTrue(Right.Evaluate(scope));
        var right = Right.Evaluate(scope);
        return Operator switch
        {
            "==" => Values.Same(left, right),
            "!=" => !Values.Same(left, right),
            _ => Compute(Values.Number(left), Values.Number(right)),
        };
    }

    private JsonNode? Compute(decimal? left, decimal? right)
    {
        try
        {
            return (Operator, left, right) switch
            {
                (_, null, _) or (_, _, null) => null,
                ("<", { } a, { } b) => a < b,
                ("<=", { } a, { } b) => a <= b,
                (">", { } a, { } b) => a > b,
                (">=", { } a, { } b) => a >= b,
                ("+", { } a, { } b) => a + b,
                (_, { } a, { } b) => a - b,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
