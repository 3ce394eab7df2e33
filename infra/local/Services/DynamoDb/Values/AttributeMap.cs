using System.Collections.Immutable;
using System.Text;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>Attribute values by name, in ordinal order of the names: an item, a key, or what a map attribute
/// holds.</summary>
internal sealed class AttributeMap : IEquatable<AttributeMap>
{
    public static readonly AttributeMap Empty =
        new(ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, AttributeValue> values;
    private int? size;

    private AttributeMap(ImmutableSortedDictionary<string, AttributeValue> values) => this.values = values;

    public int Count => values.Count;

    public IEnumerable<string> Names => values.Keys;

    public IEnumerable<KeyValuePair<string, AttributeValue>> Entries => values;

    /// <summary>Bytes of all names in UTF-8 and of all values.</summary>
    public int Size => size ??= values.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + entry.Value.Size);

    /// <returns>Null when there is no such attribute.</returns>
    public AttributeValue? this[string name] => values.GetValueOrDefault(name);

    public static AttributeMap Of(IEnumerable<KeyValuePair<string, AttributeValue>> entries) =>
        new(Empty.values.SetItems(entries));

    public AttributeMap With(string name, AttributeValue value) => new(values.SetItem(name, value));

    public AttributeMap With(AttributeMap others) => new(values.SetItems(others.values));

    /// <summary>The attributes with one of these names.</summary>
    public AttributeMap Only(IEnumerable<string> names) => new(Empty.values.SetItems(
        names.Where(values.ContainsKey).Select(name => KeyValuePair.Create(name, values[name]))));

    public AttributeMap Without(string name) => new(values.Remove(name));

    public bool Equals(AttributeMap? other) =>
        other is not null && Count == other.Count && values.All(entry => entry.Value.Equals(other[entry.Key]));

    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    public override int GetHashCode() => Count;
}
