using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Isobar.Local.Wire;
using XmlText = Isobar.Local.Wire.XmlText;

namespace Isobar.Local.Edge.Api;

/// <summary>The documents of CloudFront's API.</summary>
internal static class CloudFrontXml
{
    public const string Namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    /// <summary>Reads a request's document.</summary>
    /// <exception cref="AwsException">MissingBody; MalformedXML: not XML, or another root.</exception>
    public static async Task<XElement> ReadAsync(HttpContext http, string root)
    {
        using var document = new MemoryStream();
        await http.Request.Body.CopyToAsync(document, http.RequestAborted);
        if (document.Length == 0) throw CloudFrontErrors.MissingBody();
        document.Position = 0;
        try
        {
            using var reader = XmlReader.Create(document, Reading);
            var element = XElement.Load(reader);
            foreach (var each in element.DescendantsAndSelf()) each.Name = each.Name.LocalName;
            return element.Name.LocalName == root ? element : throw CloudFrontErrors.MalformedXml();
        }
        catch (XmlException)
        {
            throw CloudFrontErrors.MalformedXml();
        }
    }

    /// <summary>Refuses a document that has other elements than these, or one of them twice.</summary>
    /// <exception cref="AwsException">MalformedXML.</exception>
    public static XElement Only(this XElement element, params string[] names)
    {
        var children = element.Elements().Select(child => child.Name.LocalName).ToArray();
        return children.All(names.Contains) && children.Distinct().Count() == children.Length
            ? element
            : throw CloudFrontErrors.MalformedXml();
    }

    /// <summary>A child that the schema requires.</summary>
    /// <exception cref="AwsException">MalformedXML.</exception>
    public static XElement Required(this XElement element, string name) =>
        element.Element(name) ?? throw CloudFrontErrors.MalformedXml();

    public static Task AnswerAsync(
        this RestRequest request, int status, string root, Action<XmlWriter> content)
    {
        request.Http.Response.Headers["x-amzn-RequestId"] = request.Scope.RequestId;
        return XmlText.WriteAsync(request.Http, status, "text/xml", root, Namespace, content);
    }

    public static Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error)
    {
        http.Response.Headers["x-amzn-RequestId"] = scope.RequestId;
        return XmlText.WriteAsync(http, error.Status, "text/xml", "ErrorResponse", Namespace, xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString(
                "Type", error.Status < StatusCodes.Status500InternalServerError ? "Sender" : "Receiver");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", XmlText.Clean(error.Message));
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", scope.RequestId);
        });
    }

    /// <summary><c>2026-01-12T15:39:07.123Z</c>.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void Write(this XmlWriter xml, string name, bool value) =>
        xml.WriteElementString(name, value ? "true" : "false");

    public static void Write(this XmlWriter xml, string name, long value) =>
        xml.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes an element with others inside.</summary>
    public static void Write(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name);
        content();
        xml.WriteEndElement();
    }

    /// <summary>Writes a list as CloudFront does: its length, then its items, if there are any.</summary>
    /// <param name="more">Writes what follows the items; null for nothing.</param>
    public static void WriteList<T>(
        this XmlWriter xml, string name, IReadOnlyCollection<T> items, Action<T> write, Action? more = null) =>
        xml.Write(name, () =>
        {
            xml.Write("Quantity", items.Count);
            if (items.Count > 0)
                xml.Write("Items", () =>
                {
                    foreach (var item in items) write(item);
                });
            more?.Invoke();
        });

    /// <summary>The same for a list of texts.</summary>
    /// <param name="item">The name of each one's element.</param>
    public static void WriteList(
        this XmlWriter xml, string name, string item, IReadOnlyCollection<string> texts, Action? more = null) =>
        xml.WriteList(name, texts, text => xml.WriteElementString(item, text), more);
}
