namespace Isobar.Local.Lambda.Code;

/// <summary>The code of a function or the content of a layer, in whatever form it is handed over.</summary>
internal interface ICodePackage
{
    /// <summary>Lists the files. They are read once or twice, each time from the beginning.</summary>
    /// <exception cref="IOException">The package can't be read.</exception>
    IEnumerable<PackageFile> ReadFiles();
}

/// <summary>A file of a package.</summary>
/// <param name="path">From the package's root, with slashes.</param>
/// <param name="bytes">The length of its content.</param>
internal abstract class PackageFile(string path, long bytes, bool isExecutable)
{
    public string Path { get; } = path;

    public long Bytes { get; } = bytes;

    public bool IsExecutable { get; } = isExecutable;

    public abstract Stream OpenRead();

    /// <param name="target">Absolute; the folder is there, the file is not.</param>
    public abstract void CopyTo(string target);
}
