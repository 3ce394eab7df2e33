using System.IO.Compression;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Lineage;

/// <summary>A row in quarantine.</summary>
/// <param name="Offset">Of its first byte in the file's content.</param>
/// <param name="Line">Within the chunk, from 1.</param>
internal sealed record QuarantinedLine(long Offset, long Line, string Reason);

/// <summary>The part of a curated row that names the observation.</summary>
internal sealed record CuratedName(string Station, string Date, string Element);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QuarantinedLine))]
[JsonSerializable(typeof(CuratedName))]
internal sealed partial class ResultJson : JsonSerializerContext;

/// <summary>Reads what Transform and Summarize have written into the data bucket.</summary>
internal sealed class ResultObjects(IAmazonS3 s3, string bucket)
{
    /// <summary>Lines of an object that are read to find one.</summary>
    public const int MaxLines = 5_000_000;

    /// <summary>Keys of a job's partials that are listed: 512 chunks of 16 shards fit.</summary>
    private const int MaxKeys = 10_000;

    public static string Curated(string job, long start) => $"curated/{job}/{start}.jsonl.gz";

    public static string Quarantine(string job, long start) => $"quarantine/{job}/{start}.jsonl";

    public static string Partial(string job, long start, int shard) => $"partials/{job}/{start}/{shard}.jsonl";

    /// <summary>The shard of a station's months.</summary>
    /// <remarks>
    /// 32-bit FNV-1a, both halves folded together, modulo 16: the application's rule, written down a second time.
    /// </remarks>
    public static int ShardOf(string station)
    {
        var hash = 2166136261u;
        foreach (var character in station) hash = unchecked((hash ^ character) * 16777619u);
        return (int)((hash ^ hash >> 16) % 16);
    }

    public string Place(string key) => $"s3://{bucket}/{key}";

    /// <summary>The row with this offset in a chunk's quarantine.</summary>
    public async Task<QuarantinedLine?> QuarantinedAsync(
        string job, long start, long offset, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(Quarantine(job, start), cancellationToken))
        {
            var row = JsonSerializer.Deserialize(line, ResultJson.Default.QuarantinedLine)!;
            if (row.Offset == offset) return row;
            if (row.Offset > offset) return null;
        }

        return null;
    }

    /// <summary>The curated rows of an observation; a repeated one is another row.</summary>
    public async Task<IReadOnlyList<string>> CuratedAsync(
        string job, long start, CuratedName name, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var line in LinesAsync(Curated(job, start), cancellationToken))
            if (line.Contains(name.Date, StringComparison.Ordinal)
                && JsonSerializer.Deserialize(line, ResultJson.Default.CuratedName) == name) found.Add(line);
        return found;
    }

    /// <summary>The line of a month in a chunk's partial aggregates.</summary>
    public async Task<string?> PartialAsync(
        string job, long start, string station, string month, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(Partial(job, start, ShardOf(station)), cancellationToken))
        {
            var partial = JsonSerializer.Deserialize(line, PartialJson.Default.PartialLine)!;
            if (partial.Station == station && partial.Month == month) return line;
        }

        return null;
    }

    /// <summary>The keys below a prefix.</summary>
    public async Task<(IReadOnlyList<string> Keys, bool IsAll)> KeysAsync(
        string prefix, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var pages = s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix });
        await foreach (var entry in pages.S3Objects.WithCancellation(cancellationToken))
        {
            if (keys.Count == MaxKeys) return (keys, false);
            keys.Add(entry.Key);
        }

        return (keys, true);
    }

    /// <summary>The lines of an object; none if there is no such object.</summary>
    /// <exception cref="LineageException">It has more lines than are read.</exception>
    public async IAsyncEnumerable<string> LinesAsync(
        string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await OpenAsync(key, cancellationToken);
        if (answer is null) yield break;
        await using var content = key.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(answer.ResponseStream, CompressionMode.Decompress)
            : answer.ResponseStream;
        using var reader = new StreamReader(content);
        for (var lines = 0; await reader.ReadLineAsync(cancellationToken) is { } line; lines++)
        {
            if (lines == MaxLines)
                throw new LineageException($"{Place(key)} has over {MaxLines} lines; what is asked for may be later.");
            yield return line;
        }
    }

    private async Task<GetObjectResponse?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await s3.GetObjectAsync(bucket, key, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
