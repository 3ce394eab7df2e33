using Isobar.Local.Edge.Requests;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Invalidations;

/// <summary>The cache was told to forget objects.</summary>
/// <param name="Forgotten">How many objects it had of the paths.</param>
internal sealed record EdgeInvalidated(string Id, IReadOnlyList<string> Paths, int Forgotten) : IFact
{
    string? IFact.Resource => Id;
}

/// <summary>The distribution that viewers reach, as CloudFront's API works on it.</summary>
/// <param name="Deployed">Service time.</param>
internal sealed class ServedDistribution(
    DistributionSettings settings, DateTimeOffset deployed, Monitor<EdgeCache> cache,
    Monitor<InvalidationState> invalidations, Journal journal)
{
    public DistributionSettings Settings => settings;

    public DateTimeOffset Deployed => deployed;

    public Monitor<InvalidationState> Invalidations => invalidations;

    /// <summary>Makes an invalidation. The cache forgets at once; the invalidation is completed a little later.
    /// </summary>
    /// <param name="paths">Valid ones.</param>
    public InvalidationOutcome Invalidate(string id, string callerReference, IReadOnlyList<string> paths)
    {
        var outcome = invalidations.Ask(
            (state, now) => state.Create(new Invalidation(id, callerReference, paths, now), now));
        if (outcome.Result != InvalidationResult.Created) return outcome;
        var invalidated = new InvalidatedPaths(paths);
        var forgotten = cache.Ask((state, _) => state.Invalidate(invalidated));
        journal.Record(new EdgeInvalidated(id, paths, forgotten));
        return outcome;
    }
}
