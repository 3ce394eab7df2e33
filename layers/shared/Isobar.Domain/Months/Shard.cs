namespace Isobar.Domain;

/// <summary>
/// Which of 16 parts of a job a station belongs to. Part of the stored format: 32-bit FNV-1a (offset basis 2166136261,
/// prime 16777619) over the 11 characters of the id, both halves of the hash folded together, modulo 16.
/// </summary>
public static class Shard
{
    /// <summary>Shards a job; those without a station are simply not written.</summary>
    public const int Count = 16;

    /// <summary>The shard of a station, 0 to 15.</summary>
    public static int Of(StationId station)
    {
        Span<byte> text = stackalloc byte[StationId.Length];
        station.CopyTo(text);
        var hash = 2166136261u;
        foreach (var character in text) hash = unchecked((hash ^ character) * 16777619u);

        // The low bits of FNV-1a are its weakest.
        return (int)((hash ^ hash >> 16) % Count);
    }
}
