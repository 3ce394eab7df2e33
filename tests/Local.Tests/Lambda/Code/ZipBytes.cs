using System.IO.Compression;
using System.Text;

namespace Isobar.Local.Tests.Lambda.Code;

/// <summary>Zip files in memory.</summary>
internal static class ZipBytes
{
    private const int Regular = 0x8000;
    private const int Link = 0xA000;

    /// <summary>Files with a text each, which anybody may read and nobody execute.</summary>
    public static byte[] Of(params IEnumerable<(string Name, string Content)> files) => Make(
        [.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Content), Regular | 0b110_100_100))]);

    /// <summary>A file that can be executed.</summary>
    public static byte[] OfProgram(string name, string content) =>
        Make((name, Encoding.UTF8.GetBytes(content), Regular | 0b111_101_101));

    /// <summary>Links beside a file <c>lib/target</c>.</summary>
    public static byte[] OfLinks(params IEnumerable<(string Name, string Target)> links) => Make(
    [
        ("lib/target", "content"u8.ToArray(), Regular | 0b110_100_100),
        .. links.Select(link => (link.Name, Encoding.UTF8.GetBytes(link.Target), Link | 0b111_111_111)),
    ]);

    /// <summary>The files of a folder as they are.</summary>
    public static byte[] OfFolder(string folder) => Make(
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (
            Path.GetRelativePath(folder, file.FullName), File.ReadAllBytes(file.FullName),
            Regular | (OperatingSystem.IsWindows() ? 0b111_101_101 : (int)file.UnixFileMode))),
    ]);

    public static byte[] Make(params IEnumerable<(string Name, byte[] Content, int Mode)> entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, mode) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.ExternalAttributes = mode << 16;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
