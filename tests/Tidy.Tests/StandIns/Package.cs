using System.IO.Compression;
using System.Xml.Linq;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>Package files: what is in one, and the making of one that passes for the real thing.</summary>
internal static class Package
{
    public static IReadOnlyList<(string Id, string Floor)> Dependencies(string nupkg)
    {
        using var archive = ZipFile.OpenRead(nupkg);
        using var nuspec = archive.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Descendants()
            .Where(e => e.Name.LocalName == "dependency")
            .Select(e => (e.Attribute("id")!.Value, e.Attribute("version")!.Value))
            .ToList();
    }

    /// <summary>The one assembly that a project compiles against.</summary>
    public static byte[] Library(string nupkg)
    {
        using var archive = ZipFile.OpenRead(nupkg);
        var entry = archive.Entries.Single(e => e.FullName.StartsWith("lib/", StringComparison.Ordinal));
        using var library = entry.Open();
        using var copy = new MemoryStream();
        library.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Writes a package without content: enough for a restore to choose it.</summary>
    public static void WriteEmpty(string folder, string id, string version)
    {
        Directory.CreateDirectory(folder);
        using var archive = ZipFile.Open(Path.Combine(folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        var nuspec = new XElement("package", new XElement(
            "metadata",
            new XElement("id", id),
            new XElement("version", version),
            new XElement("authors", "test"),
            new XElement("description", "An empty package with the version of the real one.")));
        using (var entry = archive.CreateEntry($"{id}.nuspec").Open())
        {
            new XDocument(nuspec).Save(entry);
        }

        archive.CreateEntry("lib/net10.0/_._").Open().Dispose();
    }
}
