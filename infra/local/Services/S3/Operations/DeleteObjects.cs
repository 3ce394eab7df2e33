using System.Xml;
using System.Xml.Linq;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;
using Isobar.Local.Wire;
using XmlText = Isobar.Local.Wire.XmlText;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Deletes up to 1,000 keys or versions, each on its own.</summary>
/// <remarks>Source: Amazon S3 API Reference, DeleteObjects.</remarks>
internal sealed class DeleteObjects(S3Store store, DeleteObject one)
{
    /// <exception cref="AwsException">NoSuchBucket, MalformedXML; InvalidRequest without a checksum of the
    /// body.</exception>
    public async Task HandleAsync(S3Request request)
    {
        var declaration = PayloadDeclaration.Read(request);
        if (declaration.Md5 is null && declaration.Algorithm is null)
            throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5");
        var document = await PayloadIntake.ReadDocumentAsync(request);
        store.Post((state, _) => state.Bucket(request.Bucket));
        var root = S3Xml.Read(document, "Delete").Only("Object", "Quiet");
        var isQuiet = string.Equals(root.Text("Quiet"), "true", StringComparison.OrdinalIgnoreCase);
        var wanted = root.Elements("Object").Select(Read).ToArray();
        if (wanted.Length is 0 or > S3Limits.MaxPage) throw S3Errors.MalformedXml();
        await request.AnswerAsync("DeleteResult", xml =>
        {
            foreach (var (key, versionId) in wanted) Delete(request, xml, key, versionId, isQuiet);
        });
    }

    private static (string Key, string? VersionId) Read(XElement element)
    {
        foreach (var child in element.Elements())
            if (child.Name.LocalName is "ETag" or "LastModifiedTime" or "Size")
                throw S3Errors.NotImplemented(child.Name.LocalName);
        element.Only("Key", "VersionId");
        var key = element.Text("Key");
        return string.IsNullOrEmpty(key) ? throw S3Errors.MalformedXml() : (key, element.Text("VersionId"));
    }

    // For a version id that it never made, S3 answers InvalidArgument to DeleteObject and NoSuchVersion here.
    private DeleteOutcome Delete(S3Request request, string key, string? versionId) =>
        versionId is null || store.Ask((state, _) => state.IsVersionId(versionId))
            ? one.Delete(request, key, versionId)
            : throw S3Errors.NoSuchVersion(key, versionId);

    private void Delete(S3Request request, XmlWriter xml, string key, string? versionId, bool isQuiet)
    {
        try
        {
            var outcome = Delete(request, key, versionId);
            if (isQuiet) return;
            xml.WriteStartElement("Deleted");
            xml.WriteElementString("Key", key);
            if (versionId is not null) xml.WriteElementString("VersionId", versionId);
            if (outcome.IsDeleteMarker)
            {
                xml.WriteElementString("DeleteMarker", "true");
                xml.WriteElementString("DeleteMarkerVersionId", outcome.VersionId);
            }
        }
        catch (AwsException e)
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Key", key);
            if (versionId is not null) xml.WriteElementString("VersionId", versionId);
            xml.WriteElementString("Code", e.Code);
            xml.WriteElementString("Message", XmlText.Clean(e.Message));
        }

        xml.WriteEndElement();
    }
}
