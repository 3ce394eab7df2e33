using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Isobar.Local.Wire;
using XmlText = Isobar.Local.Wire.XmlText;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>The documents of S3.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>The canonical user id of the one account.</summary>
    public const string OwnerId = "1504b0a4bd6e75ddcd9ad9c0e8f0bd0e5b1f9f0a4f6f6f0c8e8a3f1f2b3c4d5e";

    /// <summary>The name of the one account. S3 writes it for the initiator of an upload only.</summary>
    private const string OwnerName = "isobar";

    /// <summary>The owner of every bucket, as events name it.</summary>
    public const string OwnerPrincipal = "A3ISOBARLOCAL";

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
    };

    /// <summary><c>2026-01-12T15:39:07.123Z</c>.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The second id of a request, <c>x-amz-id-2</c>; derived from the first.</summary>
    public static string HostId(string requestId) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(requestId)));

    /// <summary>Reads a request's document.</summary>
    /// <exception cref="AwsException">MalformedXML: not XML, or another root.</exception>
    public static XElement Read(ReadOnlyMemory<byte> document, string root)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document.ToArray()), Reading);
            var element = XElement.Load(reader);
            // Some clients leave the namespace out, so only the local names are compared.
            foreach (var each in element.DescendantsAndSelf()) each.Name = each.Name.LocalName;
            return element.Name.LocalName == root ? element : throw S3Errors.MalformedXml();
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException or ArgumentException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    /// <summary>Refuses a document that has other elements than these.</summary>
    /// <exception cref="AwsException">MalformedXML.</exception>
    public static XElement Only(this XElement element, params ReadOnlySpan<string> names)
    {
        foreach (var child in element.Elements())
            if (!names.Contains(child.Name.LocalName)) throw S3Errors.MalformedXml();
        return element;
    }

    /// <summary>The text of a child; null when it is not there.</summary>
    public static string? Text(this XElement element, string name) => element.Element(name)?.Value;

    /// <summary>Answers with a document.</summary>
    public static Task WriteAsync(
        HttpContext http, int status, string root, string xmlNamespace, Action<XmlWriter> content) =>
        XmlText.WriteAsync(http, status, "application/xml", root, xmlNamespace, content);

    public static Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error) =>
        WriteAsync(http, error.Status, "Error", "", xml =>
        {
            xml.WriteElementString("Code", error.Code == "InternalFailure" ? "InternalError" : error.Code);
            xml.WriteElementString("Message", XmlText.Clean(error.Message));
            foreach (var (name, value) in error.Elements) xml.WriteElementString(name, XmlText.Clean(value));
            xml.WriteElementString("RequestId", scope.RequestId);
            xml.WriteElementString("HostId", HostId(scope.RequestId));
        });

    /// <summary>Writes who began an upload: the owner, with id and name.</summary>
    public static void WriteInitiator(this XmlWriter xml)
    {
        xml.WriteStartElement("Initiator");
        xml.WriteElementString("ID", OwnerId);
        xml.WriteElementString("DisplayName", OwnerName);
        xml.WriteEndElement();
    }

    public static void WriteOwner(this XmlWriter xml, string element)
    {
        xml.WriteStartElement(element);
        xml.WriteElementString("ID", OwnerId);
        xml.WriteEndElement();
    }
}
