using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Isobar.Report;

/// <summary>HTML as a tree that is also well-formed XML, so that no text can become markup.</summary>
internal static class Markup
{
    // The elements of HTML that have no end tag; of the others, an empty one must have it.
    private static readonly HashSet<string> WithoutEnd = ["link", "meta"];

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        Indent = true,
        IndentChars = "",
        NewLineChars = "\n",
    };

    /// <param name="content">Elements, attributes, texts and lists of them; null is left out.</param>
    public static XElement El(string name, params object?[] content)
    {
        var element = new XElement(name, content.Select(part => part is string text ? Readable(text) : part));
        if (element.IsEmpty && !WithoutEnd.Contains(name)) element.Add("");
        return element;
    }

    public static XAttribute Attribute(string name, string value) => new(name, Readable(value));

    public static XAttribute Class(string value) => new("class", value);

    public static XElement Link(string address, string text) => El("a", Attribute("href", address), text);

    /// <summary>The text with U+FFFD for what neither XML nor HTML can hold: a key in S3 may have any
    /// character.</summary>
    public static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            readable.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        return readable.ToString();
    }

    /// <summary>A whole page in UTF-8; equal trees give equal bytes.</summary>
    public static byte[] Page(XElement html)
    {
        using var page = new MemoryStream();
        page.Write("<!doctype html>\n"u8);
        using (var writer = XmlWriter.Create(page, Settings)) html.WriteTo(writer);
        page.Write("\n"u8);
        return page.ToArray();
    }
}
