using System.Collections.Immutable;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>One step into a document: a name, or when that is null an index from 0.</summary>
internal readonly record struct PathElement(string? Name, int Index)
{
    public override string ToString() => Name ?? $"[{Index}]";
}

/// <summary>Where a value is in an item. The first element is a name; placeholders are resolved.</summary>
internal sealed class DocumentPath(ImmutableArray<PathElement> elements)
{
    public ImmutableArray<PathElement> Elements => elements;

    /// <summary>The attribute of the item that the path begins with.</summary>
    public string Attribute => elements[0].Name!;

    public bool IsNested => elements.Length > 1;

    /// <returns>Null when the item has nothing there.</returns>
    public AttributeValue? Find(AttributeMap item)
    {
        var value = item[Attribute];
        for (var i = 1; i < elements.Length && value is not null; i++) value = Step(value, elements[i]);
        return value;
    }

    /// <summary>Whether one path is, or leads to, the other.</summary>
    public bool Overlaps(DocumentPath other) => Common(other) == Math.Min(elements.Length, other.Elements.Length);

    /// <summary>Whether one path takes the same place for a map that the other takes for a list.</summary>
    public bool Conflicts(DocumentPath other)
    {
        var common = Common(other);
        return common < elements.Length && common < other.Elements.Length
            && elements[common].Name is null != other.Elements[common].Name is null;
    }

    public bool Equals(DocumentPath other) =>
        elements.Length == other.Elements.Length && Common(other) == elements.Length;

    /// <summary>As AWS shows paths in messages: <c>[a, b, [0]]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", elements)}]";

    private static AttributeValue? Step(AttributeValue value, PathElement element) => (value, element.Name) switch
    {
        (MapValue map, { } name) => map.Members[name],
        (ListValue list, null) when element.Index < list.Elements.Length => list.Elements[element.Index],
        _ => null,
    };

    private int Common(DocumentPath other) => elements.AsSpan().CommonPrefixLength(other.Elements.AsSpan());
}
