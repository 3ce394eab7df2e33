using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>A part of an event. A dot in a name means the same as nesting, in events and in patterns.</summary>
/// <param name="Rest">The keys that are left to follow, joined by dots; null when there are none.</param>
internal readonly record struct EventValue(JsonElement Element, string? Rest)
{
    /// <summary>The value itself, or what an array holds, arrays within it included.</summary>
    public IEnumerable<EventValue> Elements() =>
        Rest is null && Element.ValueKind == JsonValueKind.Array
            ? Element.EnumerateArray().SelectMany(item => new EventValue(item, null).Elements())
            : [this];

    /// <summary>Whether this is a string, number, boolean or null.</summary>
    public bool IsScalar => Rest is null && Element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    /// <summary>The values at a key.</summary>
    public IEnumerable<EventValue> Find(string key)
    {
        if (Rest is not null) return Step(Element, Rest, key) is { } next ? [next] : [];
        return Element.ValueKind == JsonValueKind.Object
            ? Element.EnumerateObject().Select(property => Step(property.Value, NameOf(property), key))
                .OfType<EventValue>()
            : [];
    }

    /// <summary>Whether following the keys, from an index on, ends at a scalar.</summary>
    public bool Has(IReadOnlyList<string> keys, int from) =>
        Elements().Any(element => from == keys.Count
            ? element.IsScalar
            : element.Find(keys[from]).Any(next => next.Has(keys, from + 1)));

    private static EventValue? Step(JsonElement element, string keys, string key)
    {
        if (keys == key) return new EventValue(element, null);
        return keys.Length > key.Length && keys[key.Length] == '.' && keys.StartsWith(key, StringComparison.Ordinal)
            ? new EventValue(element, keys[(key.Length + 1)..])
            : null;
    }

    // No pattern can contain a name with an unpaired surrogate.
    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
