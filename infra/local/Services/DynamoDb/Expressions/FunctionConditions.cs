using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>A function that is a condition by itself.</summary>
/// <param name="name">For example <c>begins_with</c>.</param>
internal abstract class FunctionCondition(string name, params Operand[] arguments) : Condition
{
    public string Name => name;

    public override IEnumerable<Node> Parts => arguments;
}

internal sealed class AttributeExists(Operand path) : FunctionCondition("attribute_exists", path)
{
    public override bool Holds(AttributeMap item) => path.Evaluate(item) is not null;
}

internal sealed class AttributeNotExists(Operand path) : FunctionCondition("attribute_not_exists", path)
{
    public override bool Holds(AttributeMap item) => path.Evaluate(item) is null;
}

internal sealed class AttributeType(Operand operand, Operand type) : FunctionCondition("attribute_type", operand, type)
{
    public override bool Holds(AttributeMap item) =>
        type.Evaluate(item) is StringValue name && operand.Evaluate(item)?.Type == name.Value;
}

internal sealed class BeginsWith(Operand operand, Operand prefix) : FunctionCondition("begins_with", operand, prefix)
{
    public static bool Holds(AttributeValue? value, AttributeValue? prefix) => (value, prefix) switch
    {
        (StringValue text, StringValue start) => text.Value.StartsWith(start.Value, StringComparison.Ordinal),
        (BinaryValue bytes, BinaryValue start) => bytes.Value.AsSpan().StartsWith(start.Value),
        _ => false,
    };

    public override bool Holds(AttributeMap item) => Holds(operand.Evaluate(item), prefix.Evaluate(item));
}

/// <summary>A substring of a string or binary, an element of a set, or one of a list.</summary>
internal sealed class Contains(Operand operand, Operand sought) : FunctionCondition("contains", operand, sought)
{
    public override bool Holds(AttributeMap item) => (operand.Evaluate(item), sought.Evaluate(item)) switch
    {
        (_, null) => false,
        (StringValue value, StringValue part) => value.Value.Contains(part.Value, StringComparison.Ordinal),
        (BinaryValue value, BinaryValue part) => value.Value.AsSpan().IndexOf(part.Value) >= 0,
        (SetValue set, { } element) => element.Type == set.Type[..1] && set.Elements.Contains(element),
        (ListValue list, { } element) => list.Elements.Contains(element),
        _ => false,
    };
}
