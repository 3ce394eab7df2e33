using System.IO.Compression;
using System.Text;

namespace Isobar.Local.Lambda.Code;

/// <summary>
/// A zip file. Everything that could harm this machine is refused before anything is unzipped: names that leave the
/// folder, too many entries, too many bytes.
/// </summary>
/// <remarks>
/// A link to a file of the package becomes a copy of it; other links are refused. An entry has the bits of Unix that
/// say whether it can be executed; one that was packed on Windows has none, and can't.
/// </remarks>
internal sealed class ZipPackage : ICodePackage, IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // The upper half of an entry's attributes is a Unix mode. Source: APPNOTE.TXT, 4.4.15; stat(2), S_IFMT.
    private const int TypeBits = 0xF000;
    private const int LinkType = 0xA000;

    private readonly ZipArchive archive;
    private readonly SortedDictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly List<PackageFile> files = [];

    private ZipPackage(ZipArchive archive, long maxBytes)
    {
        this.archive = archive;
        if (archive.Entries.Count > PackageLimits.MaxEntries)
            throw new PackageRefusedException(
                $"Could not unzip uploaded file: it has more than {PackageLimits.MaxEntries} entries.");
        foreach (var entry in archive.Entries)
            if (!entry.FullName.EndsWith('/')) entries[ZipPath.Checked(entry.FullName)] = entry;
        if (entries.Count == 0) throw PackageRefusedException.Empty();
        foreach (var path in entries.Keys) CheckFolders(path);
        foreach (var (path, entry) in entries)
        {
            var source = IsLink(entry) ? Followed(path, entry) : entry;
            if (source.Length < 0 || (Bytes += source.Length) > maxBytes)
                throw PackageRefusedException.TooLarge(maxBytes);
            files.Add(new ZipFile(path, source));
        }
    }

    /// <summary>All files together, unzipped.</summary>
    public long Bytes { get; }

    /// <param name="zip">Can be read from any position; disposed with the package.</param>
    /// <param name="maxBytes">Of all files together, unzipped.</param>
    /// <exception cref="PackageRefusedException">It is no zip file, or one that is not unzipped here.</exception>
    public static ZipPackage Open(Stream zip, long maxBytes)
    {
        try
        {
            if (zip.Length == 0) throw PackageRefusedException.Empty();
            ZipDirectory.Check(zip);
            return new ZipPackage(new ZipArchive(zip, ZipArchiveMode.Read), maxBytes);
        }
        catch (InvalidDataException e)
        {
            zip.Dispose();
            throw PackageRefusedException.Unreadable(e);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public IEnumerable<PackageFile> ReadFiles() => files;

    public void Dispose() => archive.Dispose();

    private static bool IsLink(ZipArchiveEntry entry) => (entry.ExternalAttributes >>> 16 & TypeBits) == LinkType;

    // A path can't be both a file and the folder of another one.
    private void CheckFolders(string path)
    {
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            if (entries.ContainsKey(path[..slash]))
                throw PackageRefusedException.Entry(path, "is below a path that is a file");
    }

    private ZipArchiveEntry Followed(string path, ZipArchiveEntry link)
    {
        for (var links = 0; links < PackageLimits.MaxLinks && IsLink(link); links++)
        {
            if (ZipPath.OfTarget(path, TargetOf(path, link)) is not { } target
                || !entries.TryGetValue(target, out var next))
                throw PackageRefusedException.Entry(path, "is a link to something that is no file of the package");
            (path, link) = (target, next);
        }

        return IsLink(link)
            ? throw PackageRefusedException.Entry(path, "is a link that leads to no file")
            : link;
    }

    private static string TargetOf(string path, ZipArchiveEntry link)
    {
        if (link.Length is <= 0 or > PackageLimits.MaxPathCharacters)
            throw PackageRefusedException.Entry(path, "is a link without a path");
        var target = new byte[link.Length];
        using var content = new ExactStream(link.Open(), link.Length);
        content.ReadExactly(target);
        return Encoding.UTF8.GetString(target);
    }

    private sealed class ZipFile(string path, ZipArchiveEntry entry) : PackageFile(
        path, entry.Length, (entry.ExternalAttributes >>> 16 & (int)Executable) != 0)
    {
        public override Stream OpenRead()
        {
            try
            {
                return new ExactStream(entry.Open(), entry.Length);
            }
            catch (InvalidDataException e)
            {
                throw PackageRefusedException.Unreadable(e);
            }
        }

        public override void CopyTo(string target)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = IsExecutable ? Readable | Executable : Readable;
            using var file = new FileStream(target, options);
            using var content = OpenRead();
            content.CopyTo(file);
        }
    }
}
