using System.IO.Pipelines;
using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

/// <summary>What reading one range wrote and counted.</summary>
internal sealed record Reading(ChunkResult Result, byte[] Curated, byte[] Quarantine)
{
    /// <summary>Reads a range as a function does: from storage, exactly the bytes it has to ask for.</summary>
    /// <param name="blockBytes">At most as many bytes arrive at a time.</param>
    public static async Task<Reading> OfAsync(byte[] file, long start, long end, int blockBytes = 4096)
    {
        var range = new ChunkRange(start, end, file.Length);
        var part = file.AsMemory((int)range.ReadStart..(int)Math.Max(range.ReadStart, range.ReadEnd));
        return await OfAsync(new DripStream(part, blockBytes), range);
    }

    public static async Task<Reading> OfAsync(Stream content, ChunkRange range)
    {
        var curated = new MemoryStream();
        var quarantine = new MemoryStream();
        var pipe = PipeReader.Create(content);
        var result = await ChunkReader.ReadAsync(
            pipe, range, curated, quarantine, TestContext.Current.CancellationToken);
        await pipe.CompleteAsync();
        return new Reading(result, curated.ToArray(), quarantine.ToArray());
    }

    /// <summary>Reads all ranges of a file, cut at the given offsets.</summary>
    public static async Task<List<Reading>> OfAllAsync(byte[] file, IEnumerable<long> cuts, int blockBytes = 4096)
    {
        var readings = new List<Reading>();
        var start = 0L;
        foreach (var cut in cuts.Append(file.Length))
        {
            readings.Add(await OfAsync(file, start, cut, blockBytes));
            start = cut;
        }

        return readings;
    }

    public static List<JsonElement> Lines(byte[] jsonLines) =>
    [
        .. System.Text.Encoding.UTF8.GetString(jsonLines)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    /// <summary>The partials of all shards, one after the other.</summary>
    public static async Task<byte[]> PartialsAsync(MonthTable table)
    {
        var bytes = new MemoryStream();
        foreach (var shard in table.Shards) await PartialsFile.WriteAsync(bytes, table, shard);
        return bytes.ToArray();
    }

    /// <summary>Merges as Summarize does: from the written files.</summary>
    public static async Task<MonthTable> MergeAsync(IEnumerable<MonthTable> tables)
    {
        var merged = new MonthTable();
        foreach (var table in tables)
            await PartialsFile.MergeAsync(new MemoryStream(await PartialsAsync(table)), merged);
        return merged;
    }
}
