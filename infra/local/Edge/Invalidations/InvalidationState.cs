namespace Isobar.Local.Edge.Invalidations;

/// <summary>How a request for an invalidation ended.</summary>
/// <param name="Found">The new one, or the one that the same request made before; null where there is none.</param>
internal readonly record struct InvalidationOutcome(InvalidationResult Result, Invalidation? Found);

internal enum InvalidationResult
{
    Created,

    /// <summary>The same request came before: nothing new was made.</summary>
    Repeated,

    /// <summary>An earlier request of the same reference had other paths.</summary>
    AlreadyExists,

    TooManyInProgress,
}

/// <summary>The invalidations of the distribution. Of completed ones the newest are kept.</summary>
internal sealed class InvalidationState
{
    // From old to new.
    private readonly List<Invalidation> kept = [];

    /// <param name="wanted">Its paths are valid.</param>
    public InvalidationOutcome Create(Invalidation wanted, DateTimeOffset now)
    {
        if (kept.Find(other => other.CallerReference == wanted.CallerReference) is { } before)
            return before.Paths.Order(StringComparer.Ordinal)
                .SequenceEqual(wanted.Paths.Order(StringComparer.Ordinal), StringComparer.Ordinal)
                ? new InvalidationOutcome(InvalidationResult.Repeated, before)
                : new InvalidationOutcome(InvalidationResult.AlreadyExists, null);
        var paths = kept.Where(other => !other.IsCompleted(now)).Append(wanted).SelectMany(each => each.Paths)
            .ToLookup(InvalidationPath.HasWildcard);
        if (paths[false].Count() > EdgeLimits.MaxInvalidationPaths
            || paths[true].Count() > EdgeLimits.MaxInvalidationWildcards)
            return new InvalidationOutcome(InvalidationResult.TooManyInProgress, null);
        kept.Add(wanted);
        // Those in progress are bounded by their paths.
        while (kept.Count > EdgeLimits.MaxInvalidationsKept && kept[0].IsCompleted(now)) kept.RemoveAt(0);
        return new InvalidationOutcome(InvalidationResult.Created, wanted);
    }

    public Invalidation? Find(string id) => kept.Find(each => each.Id == id);

    public int CountInProgress(DateTimeOffset now) => kept.Count(each => !each.IsCompleted(now));

    /// <summary>A page, from new to old.</summary>
    /// <param name="marker">The id of the last one of the page before; null for the first page.</param>
    /// <returns>Null where there is no such marker.</returns>
    public (IReadOnlyList<Invalidation> Items, bool IsTruncated)? List(string? marker, int count)
    {
        var end = marker is null ? kept.Count : kept.FindIndex(each => each.Id == marker);
        if (end < 0) return null;
        var begin = Math.Max(0, end - count);
        return (kept[begin..end].AsEnumerable().Reverse().ToArray(), begin > 0);
    }
}
