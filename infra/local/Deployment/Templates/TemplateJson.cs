using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Isobar.Local.Deployment.Templates;

/// <summary>A template node as JSON, for documents that the host hands on whole (policies, filter patterns).</summary>
internal static partial class TemplateJson
{
    public static JsonNode Of(TemplateNode node) => node switch
    {
        TemplateScalar scalar => OfScalar(scalar),
        TemplateSequence sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        TemplateMapping mapping => new JsonObject(
            mapping.Entries.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Of(entry.Value)))),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>Whether two nodes have the same value; their locations may differ.</summary>
    public static bool Same(TemplateNode left, TemplateNode right) => JsonNode.DeepEquals(Of(left), Of(right));

    private static JsonNode OfScalar(TemplateScalar scalar)
    {
        if (scalar.IsPlain && scalar.AsBoolean() is { } boolean) return JsonValue.Create(boolean);
        if (scalar.IsPlain && JsonNumber().IsMatch(scalar.Text)) return JsonNode.Parse(scalar.Text)!;
        return JsonValue.Create(scalar.Text);
    }

    /// <summary>RFC 8259, section 6. Text such as 007 stays text.</summary>
    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}
