using System.Text;
using System.Xml;

namespace Isobar.Local.Wire;

/// <summary>How the XML protocols write their documents.</summary>
internal static class XmlText
{
    /// <summary>
    /// UTF-8 without a byte order mark, with a declaration; control characters are passed as references.
    /// </summary>
    public static XmlWriterSettings Settings { get; } = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <summary>
    /// Text from a request as it may stand in an error message: what XML 1.0 has no way to say becomes '?'.
    /// </summary>
    public static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));
}
