using System.Xml;
using Isobar.Local.Edge.Invalidations;

namespace Isobar.Local.Edge.Api;

/// <summary>Writes invalidations.</summary>
internal static class InvalidationXml
{
    /// <summary>Writes what stands inside <c>Invalidation</c>.</summary>
    public static void Write(XmlWriter xml, Invalidation invalidation, DateTimeOffset now)
    {
        WriteState(xml, invalidation, now);
        xml.Write("InvalidationBatch", () =>
        {
            xml.WriteList("Paths", "Path", invalidation.Paths);
            xml.WriteElementString("CallerReference", invalidation.CallerReference);
        });
    }

    public static void WriteSummary(XmlWriter xml, Invalidation invalidation, DateTimeOffset now) =>
        xml.Write("InvalidationSummary", () => WriteState(xml, invalidation, now));

    private static void WriteState(XmlWriter xml, Invalidation invalidation, DateTimeOffset now)
    {
        xml.WriteElementString("Id", invalidation.Id);
        xml.WriteElementString("Status", invalidation.IsCompleted(now) ? "Completed" : "InProgress");
        xml.WriteElementString("CreateTime", CloudFrontXml.Text(invalidation.Created));
    }
}
