using System.Text.Json;
using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Lambda.Images;

/// <summary>
/// An image as it is stored: its files below <see cref="Root"/>, and beside them what it says about its start. The name
/// of what is stored is the hash of both, so it is the image's digest.
/// </summary>
internal sealed class ImagePackage : ICodePackage
{
    /// <summary>The folder with the image's files.</summary>
    public const string Root = "root";

    /// <summary>The file with the <see cref="ImageSettings"/>.</summary>
    public const string SettingsFile = "image.json";

    private readonly SortedDictionary<string, PackageFile> files = new(StringComparer.Ordinal);
    private readonly string file;
    private readonly string context;

    /// <param name="context">Absolute: the folder that is copied from.</param>
    /// <param name="file">The Dockerfile, as messages show it.</param>
    /// <exception cref="DockerfileException">A source is missing, or outside the context.</exception>
    public ImagePackage(string context, string file, DockerfileContent content)
    {
        (this.context, this.file) = (Path.TrimEndingDirectorySeparator(context), file);
        foreach (var copy in content.Copies)
            foreach (var source in copy.Sources) Add(copy, source);
        Put(new TextFile(
            SettingsFile, JsonSerializer.SerializeToUtf8Bytes(content.Settings, ImageJson.Default.ImageSettings)));
    }

    /// <summary>All files together.</summary>
    public long Bytes => files.Values.Sum(entry => entry.Bytes);

    public IEnumerable<PackageFile> ReadFiles() => files.Values;

    private void Add(Copy copy, string source)
    {
        // A leading slash is the context's own.
        var from = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.TrimStart('/'), context));
        if (from != context && !from.StartsWith(context + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new DockerfileException(file, copy.Line, $"COPY {source}: outside the context {context}");
        var target = Root + copy.Target;
        if (Directory.Exists(from))
            foreach (var inside in new FolderPackage(from).ReadFiles())
                Put(new MovedFile($"{target}/{inside.Path}", inside));
        else if (File.Exists(from))
            Put(new MovedFile(
                copy.IsFolder ? $"{target}/{Path.GetFileName(from)}" : target,
                new FolderPackage(Path.GetDirectoryName(from)!).ReadFile(Path.GetFileName(from))));
        else
            throw new DockerfileException(file, copy.Line, $"COPY {source}: there is no such file in {context}");
    }

    // Later instructions replace what earlier ones copied.
    private void Put(PackageFile added) => files[added.Path] = added;

    private sealed class MovedFile(string path, PackageFile original)
        : PackageFile(path, original.Bytes, original.IsExecutable)
    {
        public override Stream OpenRead() => original.OpenRead();

        public override void CopyTo(string target) => original.CopyTo(target);
    }

    private sealed class TextFile(string path, byte[] content) : PackageFile(path, content.Length, false)
    {
        public override Stream OpenRead() => new MemoryStream(content, writable: false);

        public override void CopyTo(string target) => File.WriteAllBytes(target, content);
    }
}
