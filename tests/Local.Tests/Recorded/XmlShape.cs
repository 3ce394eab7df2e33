using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Isobar.Local.Tests.Recorded;

/// <summary>An XML answer as the JSON that a client makes of it, without a model: lists show by repetition.</summary>
internal static class XmlShape
{
    /// <summary>The document, or what the Query protocol wraps.</summary>
    public static JsonNode? OfAnswer(XElement root) =>
        Of(root.Elements().FirstOrDefault(child => child.Name.LocalName.EndsWith("Result", StringComparison.Ordinal)
            && root.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)) ?? root);

    private static JsonNode? Of(XElement element)
    {
        var children = element.Elements().ToList();
        if (children.Count == 0) return element.Value;
        if (children.All(child => child.Name.LocalName == "member")) return new JsonArray([.. children.Select(Of)]);
        if (children.All(child => child.Name.LocalName == "entry")) return Map(children);
        return new JsonObject(children.GroupBy(child => child.Name.LocalName).Select(same => KeyValuePair.Create(
            same.Key, same.Skip(1).Any() ? new JsonArray([.. same.Select(Of)]) : Of(same.First()))));
    }

    private static JsonObject Map(IEnumerable<XElement> entries) => new(entries.Select(entry => KeyValuePair.Create(
        entry.Elements().First().Value, Of(entry.Elements().Last()))));
}
