using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>The kinds of values.</summary>
internal sealed partial class PropertyReader
{
    /// <param name="allowed">Empty when any string is.</param>
    public string? OptionalString(string name, params IReadOnlyList<string> allowed)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is not TemplateScalar { Text: var text })
        {
            Wrong(name, entry.Value.Location, $"a string, not {entry.Value.Kind}");
            return null;
        }

        if (allowed.Count == 0 || allowed.Contains(text)) return text;
        Wrong(name, entry.Value.Location, $"one of {string.Join(", ", allowed)}, not {text}");
        return null;
    }

    /// <exception cref="DeploymentException">Absent or wrong.</exception>
    public string RequiredString(string name, params IReadOnlyList<string> allowed) =>
        OptionalString(name, allowed) ?? throw Missing(name);

    /// <param name="min">The smallest value allowed.</param>
    /// <param name="max">The largest value allowed.</param>
    public int? OptionalInt32(string name, int min, int max)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is TemplateScalar scalar && scalar.AsNumber() is { } number
            && number == decimal.Truncate(number) && number >= min && number <= max)
        {
            return (int)number;
        }

        Wrong(name, entry.Value.Location, $"an integer from {min} to {max}{ButIs(entry.Value)}");
        return null;
    }

    /// <exception cref="DeploymentException">Absent or wrong.</exception>
    public int RequiredInt32(string name, int min, int max) => OptionalInt32(name, min, max) ?? throw Missing(name);

    public bool? OptionalBoolean(string name)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is TemplateScalar scalar && scalar.AsBoolean() is { } value) return value;
        Wrong(name, entry.Value.Location, $"true or false{ButIs(entry.Value)}");
        return null;
    }

    public PropertyReader? OptionalMap(string name)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is TemplateMapping mapping) return Nested(mapping, PathOf(name));
        Wrong(name, entry.Value.Location, $"a map, not {entry.Value.Kind}");
        return null;
    }

    /// <exception cref="DeploymentException">Absent or wrong.</exception>
    public PropertyReader RequiredMap(string name) => OptionalMap(name) ?? throw Missing(name);

    /// <summary>A list of maps.</summary>
    public IReadOnlyList<PropertyReader>? OptionalList(string name)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is not TemplateSequence { Items: var items } || !items.All(item => item is TemplateMapping))
        {
            Wrong(name, entry.Value.Location, "a list of maps");
            return null;
        }

        return [.. items.Select((item, i) => Nested((TemplateMapping)item, $"{PathOf(name)}[{i}]"))];
    }

    /// <exception cref="DeploymentException">Absent or wrong.</exception>
    public IReadOnlyList<PropertyReader> RequiredList(string name) => OptionalList(name) ?? throw Missing(name);

    public IReadOnlyList<string>? OptionalStringList(string name)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is TemplateSequence { Items: var items } && items.All(item => item is TemplateScalar))
        {
            return [.. items.Select(item => ((TemplateScalar)item).Text)];
        }

        Wrong(name, entry.Value.Location, "a list of strings");
        return null;
    }

    /// <summary>A map with names of the user's own, such as environment variables.</summary>
    public IReadOnlyDictionary<string, string>? OptionalStringMap(string name)
    {
        if (Ask(name) is not { } entry) return null;
        if (entry.Value is TemplateMapping { Entries: var entries }
            && entries.All(item => item.Value is TemplateScalar))
        {
            return entries.ToDictionary(item => item.Key, item => ((TemplateScalar)item.Value).Text);
        }

        Wrong(name, entry.Value.Location, "a map of strings");
        return null;
    }

    /// <summary>Any value, whole, for documents that are handed on: policies, filter patterns.</summary>
    public JsonNode? OptionalJson(string name) => Ask(name) is { } entry ? TemplateJson.Of(entry.Value) : null;

    /// <summary>Any value, whole, as JSON text in which only what JSON must escape is escaped.</summary>
    public string? OptionalJsonText(string name)
    {
        if (OptionalJson(name) is not { } node) return null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            node.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string ButIs(TemplateNode value) =>
        value is TemplateScalar scalar ? $", not {scalar.Text}" : $", not {value.Kind}";
}
