using System.Collections.Immutable;

namespace Isobar.Local.Commands;

/// <summary>
/// Collects the files that are saved in some folders. What builds write, hidden folders and links are passed over.
/// </summary>
internal sealed class SourceWatch : IDisposable
{
    /// <summary>Folders that are watched; the system gives a user 128 watches for folders by default.</summary>
    public const int MaxFolders = 64;

    /// <summary>Paths that are kept; when more are saved at once, everything counts as saved.</summary>
    public const int MaxPaths = 1_000;

    // An editor writes a file in several steps, and a person saves several files at once.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan MaxBurst = TimeSpan.FromMilliseconds(400);

    private static readonly string[] Ignored = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    private readonly List<FileSystemWatcher> watchers = [];
    private readonly TimeProvider time;
    private readonly SemaphoreSlim saved = new(0, 1);
    private ImmutableHashSet<string> paths = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <param name="folders">Absolute; watched with the folders in them.</param>
    /// <param name="files">Absolute; watched alone, whatever else is in their folders.</param>
    /// <exception cref="UsageException">There are too many folders.</exception>
    public SourceWatch(IReadOnlyCollection<string> folders, IReadOnlyCollection<string> files, TimeProvider time)
    {
        this.time = time;
        string[] top = [.. folders.Where(folder => !folders.Any(other => SourceProject.IsBelow(folder, other)))];
        var alone = files.Where(file => !top.Any(folder => SourceProject.IsBelow(file, folder))).ToHashSet();
        string[] above = [.. alone.Select(file => Path.GetDirectoryName(file)!).Distinct()];
        if (top.Length + above.Length > MaxFolders)
            throw new UsageException(
                $"--watch watches at most {MaxFolders} folders; the template's code is in {top.Length}.");
        foreach (var folder in top) Watch(folder, isDeep: true, path => IsSource(folder, path));
        foreach (var folder in above) Watch(folder, isDeep: false, alone.Contains);
    }

    /// <summary>Waits until files were saved, and until nothing is saved for a moment.</summary>
    /// <returns>The files; empty when there were too many to tell.</returns>
    public async Task<IReadOnlyCollection<string>> NextAsync(CancellationToken cancellationToken)
    {
        await saved.WaitAsync(cancellationToken);
        var first = time.GetTimestamp();
        while (time.GetElapsedTime(first) < MaxBurst && await saved.WaitAsync(Quiet, cancellationToken))
        {
        }

        var taken = Interlocked.Exchange(ref paths, paths.Clear());
        return taken.Count > MaxPaths ? [] : taken;
    }

    /// <summary>Whether a file is one that a person saves, not one that a build or an editor makes.</summary>
    /// <param name="folder">Absolute; above the file.</param>
    public static bool IsSource(string folder, string path)
    {
        var parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar);
        if (parts.Any(part => part.StartsWith('.') || part.EndsWith('~') || Ignored.Contains(part))) return false;
        // A folder's own event says nothing that its files' do not; a link leads out of what is watched.
        for (var at = path; at.Length > folder.Length; at = Path.GetDirectoryName(at)!)
            if (new FileInfo(at).LinkTarget is not null) return false;
        return !Directory.Exists(path);
    }

    public void Dispose()
    {
        foreach (var watcher in watchers) watcher.Dispose();
    }

    private void Watch(string folder, bool isDeep, Predicate<string> isWanted)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = isDeep,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
        };
        FileSystemEventHandler save = (_, happened) => Saved(happened.FullPath, isWanted);
        watcher.Changed += save;
        watcher.Created += save;
        watcher.Deleted += save;
        watcher.Renamed += (_, happened) =>
        {
            Saved(happened.OldFullPath, isWanted);
            Saved(happened.FullPath, isWanted);
        };
        // The system has told of more than it keeps: everything may have been saved.
        watcher.Error += (_, _) => Saved(Enumerable.Range(0, MaxPaths + 1).Select(number => $"{number}"));
        watcher.EnableRaisingEvents = true;
        watchers.Add(watcher);
    }

    private void Saved(string path, Predicate<string> isWanted)
    {
        if (isWanted(path)) Saved([path]);
    }

    private void Saved(IEnumerable<string> added)
    {
        ImmutableInterlocked.Update(
            ref paths, (known, more) => known.Count > MaxPaths ? known : known.Union(more), added);
        try
        {
            saved.Release();
        }
        catch (SemaphoreFullException)
        {
            // The one who waits is told already.
        }
    }
}
