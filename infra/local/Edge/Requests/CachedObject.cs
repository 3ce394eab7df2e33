using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Requests;

/// <summary>What the origin answered, as the cache keeps it.</summary>
/// <param name="Headers">As functions may see them.</param>
/// <param name="Stored">When it came, or was last found unchanged: service time.</param>
/// <param name="Fresh">How long it may be used from then on without asking.</param>
internal sealed record CachedObject(
    int Status, HeaderMap Headers, ReadOnlyMemory<byte> Body, DateTimeOffset Stored, TimeSpan Fresh)
{
    /// <summary>The origin's entity tag, where the headers say another one.</summary>
    public string? Validator { get; init; }

    public string? ETag => Headers.First("etag");

    public bool IsFresh(DateTimeOffset now) => now - Stored < Fresh;
}
