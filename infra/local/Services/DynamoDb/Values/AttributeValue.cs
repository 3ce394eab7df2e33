using System.Collections.Immutable;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>One attribute value: immutable, so that an answer can be written while its table changes.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, AttributeValue.</remarks>
internal abstract record AttributeValue
{
    /// <summary>AWS's name of the type: S, N, B, BOOL, NULL, M, L, SS, NS or BS.</summary>
    public abstract string Type { get; }

    /// <summary>Bytes that the value takes in an item.</summary>
    /// <remarks>Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats".</remarks>
    public abstract int Size { get; }

    /// <summary>As AWS writes values in error messages: <c>{S:text}</c>.</summary>
    public override string ToString() => $"{{{Type}:{Text}}}";

    protected abstract string Text { get; }
}

internal sealed record StringValue(string Value) : AttributeValue
{
    public override string Type => "S";

    public override int Size => System.Text.Encoding.UTF8.GetByteCount(Value);

    protected override string Text => Value;

    public override string ToString() => base.ToString();
}

internal sealed record NumberValue(DecimalNumber Value) : AttributeValue
{
    public override string Type => "N";

    public override int Size => Value.Size;

    protected override string Text => Value.ToString();

    public override string ToString() => base.ToString();
}

internal sealed record BinaryValue(byte[] Value) : AttributeValue
{
    public override string Type => "B";

    public override int Size => Value.Length;

    protected override string Text => $"{Value.Length} bytes";

    public bool Equals(BinaryValue? other) => other is not null && Value.AsSpan().SequenceEqual(other.Value);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Value);
        return hash.ToHashCode();
    }

    public override string ToString() => base.ToString();
}

internal sealed record BooleanValue(bool Value) : AttributeValue
{
    public override string Type => "BOOL";

    public override int Size => 1;

    protected override string Text => Value ? "true" : "false";

    public override string ToString() => base.ToString();
}

internal sealed record NullValue : AttributeValue
{
    public override string Type => "NULL";

    public override int Size => 1;

    protected override string Text => "true";

    public override string ToString() => base.ToString();
}

internal sealed record MapValue(AttributeMap Members) : AttributeValue
{
    public override string Type => "M";

    public override int Size => 3 + Members.Count + Members.Size;

    protected override string Text => $"{Members.Count} members";

    public override string ToString() => base.ToString();
}

internal sealed record ListValue(ImmutableArray<AttributeValue> Elements) : AttributeValue
{
    private readonly int size = 3 + Elements.Length + Elements.Sum(element => element.Size);

    public override string Type => "L";

    public override int Size => size;

    protected override string Text => $"{Elements.Length} elements";

    public bool Equals(ListValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => Elements.Length;

    public override string ToString() => base.ToString();
}

/// <summary>A set of strings, numbers or binaries.</summary>
/// <param name="SetType">SS, NS or BS.</param>
/// <param name="Elements">In the order of <see cref="ScalarOrder"/>, each once, at least one.</param>
internal sealed record SetValue(string SetType, ImmutableSortedSet<AttributeValue> Elements) : AttributeValue
{
    private readonly int size = Elements.Sum(element => element.Size);

    public override string Type => SetType;

    public override int Size => size;

    protected override string Text => $"[{string.Join(", ", Elements)}]";

    public bool Equals(SetValue? other) =>
        other is not null && SetType == other.SetType && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => HashCode.Combine(SetType, Elements.Count);

    public override string ToString() => base.ToString();
}
