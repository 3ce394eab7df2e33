using System.Collections.Frozen;

namespace Isobar.Local.Edge.Stack;

/// <summary>The headers that CloudFront adds to and removes from answers.</summary>
/// <param name="Removed">Names in lower case.</param>
/// <param name="Cors">Null for none.</param>
internal sealed record ResponseHeadersPolicy(
    IReadOnlyList<PolicyHeader> Added, FrozenSet<string> Removed, CorsPolicy? Cors);

/// <param name="Overrides">Whether it takes the place of the origin's.</param>
internal sealed record PolicyHeader(string Key, string Value, bool Overrides)
{
    public string Name { get; } = Key.ToLowerInvariant();
}

/// <summary>The headers of cross-origin requests.</summary>
/// <param name="Origins">Patterns with stars.</param>
/// <param name="Overrides">Whether they take the place of the origin's.</param>
internal sealed record CorsPolicy(
    IReadOnlyList<string> Origins, IReadOnlyList<string> Methods, IReadOnlyList<string> Headers,
    IReadOnlyList<string> Exposed, int? MaxAgeSeconds, bool AllowsCredentials, bool Overrides)
{
    public bool AllowsAnyOrigin => Origins is ["*"];
}
