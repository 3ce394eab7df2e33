using System.Collections.Concurrent;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>
/// The state of a regional service: one for each Region, made when the Region is first used. So a resource of one
/// Region is not seen in another, and the same name may be used in both.
/// </summary>
/// <remarks>
/// This is how every service keeps Regions apart. Global are S3's bucket names, and what has no Region in its ARN.
/// </remarks>
/// <param name="make">Makes the state of a Region.</param>
internal sealed class Regional<TState>(Func<string, TState> make) : IDisposable
    where TState : class, IDisposable
{
    // Ours: AWS has fewer.
    private const int MaxRegions = 64;

    private readonly ConcurrentDictionary<string, Lazy<TState>> states = new(StringComparer.Ordinal);

    /// <summary>The states made so far.</summary>
    public IEnumerable<TState> All => states.Values.Select(state => state.Value);

    /// <summary>The state of the Region that a caller signed for.</summary>
    /// <exception cref="AwsException">ServiceUnavailable: this host holds no more Regions.</exception>
    public TState In(string region)
    {
        if (Find(region) is { } state) return state;
        return states.Count < MaxRegions
            ? states.GetOrAdd(region, static (name, made) => new Lazy<TState>(() => made(name)), make).Value
            : throw new AwsException(
                "ServiceUnavailable", $"This host holds resources in at most {MaxRegions} Regions.", 503);
    }

    /// <summary>The state of a Region that an ARN names; null when the Region was never used.</summary>
    public TState? Find(string region) => states.TryGetValue(region, out var state) ? state.Value : null;

    public void Dispose()
    {
        foreach (var state in All) state.Dispose();
    }
}
