namespace Isobar.Domain;

/// <summary>
/// Keys of the results of a chunk and of a job. They depend on these alone, so a repetition overwrites its own.
/// </summary>
public static class ObjectKeys
{
    /// <summary>Accepted rows, gzipped JSON Lines.</summary>
    public static string Curated(string job, long start) => $"curated/{job}/{start}.jsonl.gz";

    /// <summary>Malformed and flagged rows, JSON Lines.</summary>
    public static string Quarantine(string job, long start) => $"quarantine/{job}/{start}.jsonl";

    /// <summary>One shard of the chunk's months, JSON Lines; written only if the shard has any.</summary>
    public static string Partial(string job, long start, int shard) => $"partials/{job}/{start}/{shard}.jsonl";

    /// <summary>One shard of the job's months, merged from all its chunks, JSON Lines.</summary>
    public static string Months(string job, int shard) => $"months/{job}/{shard}.jsonl";
}
