namespace Isobar.Local;

/// <summary>
/// A folder for temporary data that one process owns. A locked file in it proves that the owner lives: the system gives
/// the lock up however the process ends. Whoever creates such a folder removes those whose owners are gone.
/// </summary>
internal sealed class OwnedFolder : IDisposable
{
    private const string LockName = "owner.lock";

    private const UnixFileMode UserOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream ownership;

    private OwnedFolder(string path, FileStream ownership) => (FullName, this.ownership) = (path, ownership);

    public string FullName { get; }

    /// <summary>Creates a folder for this process, and removes abandoned ones of the same prefix beside it.</summary>
    /// <param name="parent">The folder for temporary files.</param>
    /// <param name="prefix">What the names of these folders begin with, and no others' do.</param>
    /// <exception cref="IOException">The parent is missing, or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The parent can't be written.</exception>
    public static OwnedFolder Create(string parent, string prefix)
    {
        // It has another name until it is locked, so that nobody takes it for an abandoned one.
        var name = prefix + Guid.NewGuid().ToString("N")[..12];
        var unlocked = CreatePrivate(parent, "new-" + name);
        var ownership = Lock(unlocked, FileMode.CreateNew);
        var folder = new OwnedFolder(Path.Combine(parent, name), ownership);
        Directory.Move(unlocked, folder.FullName);
        if (folder.IsLockedForOthers()) RemoveAbandoned(parent, prefix, folder.FullName);
        return folder;
    }

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Dispose()
    {
        if (Directory.Exists(FullName)) Directory.Delete(FullName, recursive: true);
        ownership.Dispose();
    }

    // On file systems without locks, and where .NET's are switched off, nothing proves that an owner is gone.
    private bool IsLockedForOthers()
    {
        try
        {
            Lock(FullName, FileMode.Open).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void RemoveAbandoned(string parent, string prefix, string own)
    {
        foreach (var path in Directory.EnumerateDirectories(parent, prefix + "*"))
        {
            if (path == own || new DirectoryInfo(path).LinkTarget is not null) continue;
            try
            {
                RemoveIfAbandoned(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use, or another user's, or somebody else removes it now: not ours to remove.
            }
        }
    }

    private static void RemoveIfAbandoned(string path)
    {
        // Without a lock it is one whose removal was interrupted at its end: only an empty folder can be deleted so.
        if (File.Exists(Path.Combine(path, LockName))) RemoveContent(path);
        Directory.Delete(path);
    }

    // The lock goes last: while anything else is left, it keeps others from removing the same.
    private static void RemoveContent(string path)
    {
        using var ownership = Lock(path, FileMode.Open);
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            if (entry.Name == LockName) continue;
            if (entry is DirectoryInfo { LinkTarget: null } folder) folder.Delete(recursive: true);
            else entry.Delete();
        }

        File.Delete(ownership.Name);
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static string CreatePrivate(string parent, string name)
    {
        // Creating a folder creates its parents as well, and a missing parent is a mistake that must be seen.
        if (!Directory.Exists(parent)) throw new DirectoryNotFoundException("There is no such folder.");
        var path = Path.Combine(parent, name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UserOnly);
        return path;
    }
}
