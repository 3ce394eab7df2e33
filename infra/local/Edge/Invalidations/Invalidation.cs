namespace Isobar.Local.Edge.Invalidations;

/// <summary>A batch of paths that the cache was told to forget.</summary>
/// <param name="Id">For example <c>I1JLWSDAP8FU89</c>.</param>
/// <param name="CallerReference">The caller's own name for the request.</param>
/// <param name="Paths">As the caller wrote them.</param>
/// <param name="Created">Service time.</param>
internal sealed record Invalidation(
    string Id, string CallerReference, IReadOnlyList<string> Paths, DateTimeOffset Created)
{
    public bool IsCompleted(DateTimeOffset now) => now - Created >= EdgeLimits.InvalidationTime;
}
