using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>A part of an expression: an operand or a condition.</summary>
internal abstract class Node
{
    /// <summary>The document paths in it.</summary>
    public abstract IEnumerable<DocumentPath> Paths { get; }
}

/// <summary>A part of an expression that has a value.</summary>
internal abstract class Operand : Node
{
    /// <summary>The type, where it is known without an item; else null.</summary>
    public virtual string? StaticType => null;

    /// <returns>Null when the item has no such value.</returns>
    public abstract AttributeValue? Evaluate(AttributeMap item);
}

internal sealed class PathOperand(DocumentPath path) : Operand
{
    public DocumentPath Path => path;

    public override IEnumerable<DocumentPath> Paths => [path];

    public override AttributeValue? Evaluate(AttributeMap item) => path.Find(item);
}

/// <param name="value">Null only for an undefined placeholder, which never gets as far as an item.</param>
internal sealed class ValueOperand(AttributeValue? value) : Operand
{
    public AttributeValue? Value => value;

    public override IEnumerable<DocumentPath> Paths => [];

    public override string? StaticType => value?.Type;

    public override AttributeValue? Evaluate(AttributeMap item) => value;
}

/// <summary><c>size(operand)</c></summary>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Condition and filter expressions, operators, and
/// functions".</remarks>
internal sealed class SizeOperand(Operand operand) : Operand
{
    public override string StaticType => "N";

    public override IEnumerable<DocumentPath> Paths => operand.Paths;

    public override AttributeValue? Evaluate(AttributeMap item)
    {
        int? size = operand.Evaluate(item) switch
        {
            StringValue text => text.Value.Length,
            BinaryValue binary => binary.Value.Length,
            SetValue set => set.Elements.Count,
            ListValue list => list.Elements.Length,
            MapValue map => map.Members.Count,
            _ => null,
        };
        return size is { } number ? new NumberValue(DecimalNumber.Of(number)) : null;
    }
}
