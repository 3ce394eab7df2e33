using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>Changes one place of a document; everything beside the path is shared with the old one.</summary>
internal static class DocumentChange
{
    /// <param name="value">Null removes what is there, if anything.</param>
    /// <exception cref="Wire.AwsException">ValidationException: the path leads through something that is not
    /// there.</exception>
    public static AttributeMap Put(AttributeMap item, DocumentPath path, AttributeValue? value) =>
        Put(item, path.Elements.AsSpan(), value);

    private static AttributeMap Put(AttributeMap map, ReadOnlySpan<PathElement> path, AttributeValue? value)
    {
        var name = path[0].Name!;
        if (path.Length > 1) value = PutInside(map[name], path[1..], value);
        return value is null ? map.Without(name) : map.With(name, value);
    }

    private static AttributeValue PutInside(
        AttributeValue? parent, ReadOnlySpan<PathElement> path, AttributeValue? value) => (parent, path[0].Name) switch
    {
        (MapValue map, not null) => new MapValue(Put(map.Members, path, value)),
        (ListValue list, null) => Put(list, path, value),
        _ => throw ExpressionErrors.InvalidPathForUpdate(),
    };

    private static ListValue Put(ListValue list, ReadOnlySpan<PathElement> path, AttributeValue? value)
    {
        var (elements, index) = (list.Elements, path[0].Index);
        var exists = index < elements.Length;
        if (path.Length > 1) value = PutInside(exists ? elements[index] : null, path[1..], value);
        if (value is null) return exists ? new ListValue(elements.RemoveAt(index)) : list;
        // An index past the end appends: DynamoDB's lists have no gaps.
        return new ListValue(exists ? elements.SetItem(index, value) : elements.Add(value));
    }
}
