using System.Globalization;

namespace Isobar.Local.Wire;

/// <summary>Lists and maps, which the protocol writes as <c>List.member.1</c> and <c>Map.entry.1.key</c>.</summary>
/// <remarks>Source: Smithy, "AWS query protocol", query key resolution.</remarks>
internal sealed partial class QueryParameters
{
    /// <summary>The value of a parameter, which may be empty; null when it is not there.</summary>
    public string? Text(string name)
    {
        read.Add(name);
        return values.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    /// <summary>The prefixes of a list's members, in order: <c>Entries.member.1</c> …</summary>
    /// <remarks>An empty list is written as the bare name; it has no members.</remarks>
    public IReadOnlyList<string> Members(string name) => Numbered(name, "member");

    /// <summary>The entries of a map, in order, as the prefixes of its values.</summary>
    /// <param name="name">What the map's parameters begin with.</param>
    /// <param name="key">What a key's parameter ends with: <c>key</c>, or <c>Name</c> where the model says so.</param>
    /// <param name="value">What a value's parameters go on with: <c>value</c> or <c>Value</c>.</param>
    /// <exception cref="AwsException">ValidationError: an entry has no key, or two have the same.</exception>
    public IReadOnlyDictionary<string, string> Entries(string name, string key = "key", string value = "value")
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var prefix in Numbered(name, "entry"))
        {
            if (Text($"{prefix}.{key}") is not { } found || !entries.TryAdd(found, $"{prefix}.{value}"))
                throw new AwsException("ValidationError", $"The map at {prefix} must have one key, and it once.");
        }

        return entries;
    }

    /// <summary>A map of texts; an entry without a value has an empty one.</summary>
    /// <exception cref="AwsException">ValidationError: an entry has no key, or two have the same.</exception>
    public IReadOnlyDictionary<string, string> TextEntries(string name) =>
        Entries(name).ToDictionary(entry => entry.Key, entry => Text(entry.Value) ?? "", StringComparer.Ordinal);

    private List<string> Numbered(string name, string kind)
    {
        read.Add(name);
        var start = $"{name}.{kind}.";
        return [.. values.Keys
            .Where(parameter => parameter.StartsWith(start, StringComparison.Ordinal))
            .Select(parameter => parameter[start.Length..].Split('.', 2)[0])
            .Where(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(number => int.Parse(number, CultureInfo.InvariantCulture))
            .Select(number => start + number)];
    }
}
