using System.Xml;

namespace Isobar.Local.Services.Sns.Operations;

/// <summary>Writes the map <c>Attributes</c>.</summary>
internal static class AttributeEntries
{
    public static void Write(XmlWriter result, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        result.WriteStartElement("Attributes");
        foreach (var (name, value) in attributes)
        {
            result.WriteStartElement("entry");
            result.WriteElementString("key", name);
            result.WriteElementString("value", value);
            result.WriteEndElement();
        }

        result.WriteEndElement();
    }
}
