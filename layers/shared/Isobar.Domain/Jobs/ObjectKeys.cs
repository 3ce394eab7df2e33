namespace Isobar.Domain;

/// <summary>Keys of a chunk's results. They depend on the chunk alone, so a repetition overwrites its own.</summary>
public static class ObjectKeys
{
    /// <summary>Accepted rows, gzipped JSON Lines.</summary>
    public static string Curated(string job, long start) => $"curated/{job}/{start}.jsonl.gz";

    /// <summary>Malformed and flagged rows, JSON Lines.</summary>
    public static string Quarantine(string job, long start) => $"quarantine/{job}/{start}.jsonl";

    /// <summary>One shard of the chunk's months, JSON Lines; written only if the shard has any.</summary>
    public static string Partial(string job, long start, int shard) => $"partials/{job}/{start}/{shard}.jsonl";
}
