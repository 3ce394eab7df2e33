using System.Text;
using System.Xml;

namespace Isobar.Local.Wire;

/// <summary>How the XML protocols write their documents.</summary>
internal static class XmlText
{
    // With a declaration, without a byte order mark; control characters are written as references.
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <summary>Answers with a document in UTF-8; it is complete before its first byte is sent.</summary>
    /// <param name="content">Writes what stands inside the root element.</param>
    public static async Task WriteAsync(
        HttpContext http, int status, string contentType, string root, string xmlNamespace, Action<XmlWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement(root, xmlNamespace);
            content(xml);
            xml.WriteEndElement();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }

    /// <summary>
    /// Replaces characters that XML 1.0 can't contain by '?', for text of a request in an error message.
    /// </summary>
    public static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));
}
