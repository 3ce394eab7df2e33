using System.Collections.Frozen;

namespace Isobar.Local.Edge.Stack;

/// <summary>How long objects are kept, and what of a request is part of their key.</summary>
/// <param name="Headers">Names in lower case; never those that CloudFront adds.</param>
/// <param name="AddedHeaders">Names in lower case of headers that CloudFront adds, and that are in the key.</param>
/// <param name="AllowsGzip">Whether the key tells viewers that accept gzip from others.</param>
/// <param name="AllowsBrotli">The same for Brotli.</param>
/// <remarks>All that is in the key goes to the origin too.</remarks>
internal sealed record CachePolicy(
    TimeToLive TimeToLive, ValueSelection Headers, FrozenSet<string> AddedHeaders, ValueSelection Cookies,
    ValueSelection Queries, bool AllowsGzip, bool AllowsBrotli)
{
    /// <summary>Whether nothing is ever kept.</summary>
    public bool IsDisabled => TimeToLive.Maximum == TimeSpan.Zero;
}

/// <summary>How long a cache policy keeps objects.</summary>
/// <param name="Default">For objects whose origin says nothing.</param>
internal sealed record TimeToLive(TimeSpan Minimum, TimeSpan Default, TimeSpan Maximum);

/// <summary>What of a request goes to the origin without being part of the key.</summary>
/// <param name="Headers">Names in lower case.</param>
/// <param name="AddedHeaders">Names in lower case of headers that CloudFront adds.</param>
internal sealed record OriginRequestPolicy(
    ValueSelection Headers, FrozenSet<string> AddedHeaders, ValueSelection Cookies, ValueSelection Queries)
{
    public static readonly OriginRequestPolicy None =
        new(ValueSelection.None, FrozenSet<string>.Empty, ValueSelection.None, ValueSelection.None);
}
