namespace Isobar.Local.Lambda.Code;

/// <summary>A folder as the build leaves it, or as it was stored before.</summary>
/// <param name="folder">Absolute; exists.</param>
internal sealed class FolderPackage(string folder) : ICodePackage
{
    public IEnumerable<PackageFile> ReadFiles() =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => new FolderFile(
            Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file));

    /// <summary>One file of it.</summary>
    /// <param name="name">Of a file that exists in the folder itself.</param>
    public PackageFile ReadFile(string name) => new FolderFile(name, new FileInfo(Path.Combine(folder, name)));

    private sealed class FolderFile(string path, FileInfo file)
        : PackageFile(path, file.Length, IsExecutableFile(file))
    {
        // Megabytes, in small files that asynchronous reads would only slow down.
        public override Stream OpenRead() =>
            new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

        public override void CopyTo(string target) => File.Copy(file.FullName, target);

        private static bool IsExecutableFile(FileInfo file) =>
            !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
    }
}
