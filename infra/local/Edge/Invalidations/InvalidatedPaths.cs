using System.Collections.Frozen;

namespace Isobar.Local.Edge.Invalidations;

/// <summary>The paths of an invalidation, ready to be compared with those of cached objects.</summary>
internal sealed class InvalidatedPaths
{
    private readonly FrozenSet<string> exact;
    private readonly string[] beginnings;

    /// <param name="paths">Valid ones.</param>
    public InvalidatedPaths(IEnumerable<string> paths)
    {
        var all = paths.Select(InvalidationPath.Comparable).ToLookup(InvalidationPath.HasWildcard);
        exact = all[false].ToFrozenSet(StringComparer.Ordinal);
        beginnings = [.. all[true].Select(path => path[..^1])];
    }

    /// <param name="path">Of an object: its URI, with the query string where that is in the cache key.</param>
    public bool Include(string path)
    {
        var comparable = InvalidationPath.Comparable(path);
        return exact.Contains(comparable)
            || beginnings.Any(beginning => comparable.StartsWith(beginning, StringComparison.Ordinal));
    }
}
