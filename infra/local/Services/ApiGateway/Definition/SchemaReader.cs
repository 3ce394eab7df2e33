using System.Text.Json.Nodes;
using Isobar.Local.Deployment;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads models; an unknown keyword stays unread and so is refused, unless it is an annotation.</summary>
/// <param name="components">The <c>components.schemas</c> of the document, or null.</param>
internal sealed class SchemaReader(PropertyReader? components)
{
    private const string Root = "#/components/schemas/";

    private static readonly string[] Annotations =
        ["$schema", "title", "description", "format", "example", "default", "externalDocs"];

    private static readonly string[] Types =
        ["object", "array", "string", "number", "integer", "boolean", "null"];

    private readonly Dictionary<string, JsonSchema> named = new(StringComparer.Ordinal);

    /// <summary>Reads every model of the document, used or not.</summary>
    public void ReadComponents()
    {
        foreach (var name in components?.Names.ToArray() ?? [])
        {
            if (components!.OptionalMap(name) is { } schema) named[name] = Read(schema);
        }
    }

    public JsonSchema Read(PropertyReader schema)
    {
        foreach (var annotation in Annotations) schema.OptionalJson(annotation);
        if (schema.OptionalString("$ref") is { } reference) return ReadReference(schema, reference);
        var properties = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        var declared = schema.OptionalMap("properties");
        foreach (var name in declared?.Names.ToArray() ?? [])
        {
            if (declared!.OptionalMap(name) is { } property) properties[name] = Read(property);
        }

        var (allowsMore, more) = ReadMore(schema);
        return new JsonSchema
        {
            Types = schema.OptionalString("type", Types) is { } type ? [type] : [],
            Properties = properties,
            Required = schema.OptionalStringList("required") ?? [],
            AllowsMore = allowsMore,
            More = more,
            Items = schema.OptionalMap("items") is { } items ? Read(items) : null,
            Enumeration = schema.Has("enum") ? schema.OptionalJson("enum") as JsonArray ?? [] : null,
            Pattern = schema.OptionalString("pattern") is { } pattern
                ? BoundedRegex.Read(schema, "pattern", pattern)
                : null,
            Length = (Count(schema, "minLength") ?? 0, Count(schema, "maxLength") ?? int.MaxValue),
            ItemCount = (Count(schema, "minItems") ?? 0, Count(schema, "maxItems") ?? int.MaxValue),
            Minimum = Number(schema, "minimum") ?? decimal.MinValue,
            Maximum = Number(schema, "maximum") ?? decimal.MaxValue,
        };
    }

    private JsonSchema ReadReference(PropertyReader schema, string reference)
    {
        var name = reference.StartsWith(Root, StringComparison.Ordinal) ? reference[Root.Length..] : "";
        if (components?.Has(name) is not true) schema.Refuse("$ref", $"must be {Root} and the name of a schema");
        return new JsonSchema { Reference = () => named.GetValueOrDefault(name) };
    }

    private (bool AllowsMore, JsonSchema? More) ReadMore(PropertyReader schema) =>
        schema.OptionalJson("additionalProperties") is JsonObject
            ? (true, Read(schema.RequiredMap("additionalProperties")))
            : (schema.OptionalBoolean("additionalProperties") ?? true, null);

    private static int? Count(PropertyReader schema, string name) => schema.OptionalInt32(name, 0, int.MaxValue);

    private static decimal? Number(PropertyReader schema, string name)
    {
        if (schema.OptionalJson(name) is not { } value) return null;
        if (Mapping.Values.Number(value) is { } number) return number;
        schema.Refuse(name, "must be a number");
        return null;
    }
}
