using System.IO.Compression;
using Isobar.Domain;
using Isobar.Functions.Tests.Domain;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>Reads the data bucket as the rest of the application will.</summary>
internal static class StoredRows
{
    /// <summary>Station, date and element of the accepted rows of a chunk.</summary>
    public static IEnumerable<string> Curated(DataBucket data, string job, long start)
    {
        using var gzip = new GZipStream(
            new MemoryStream(data.Objects[ObjectKeys.Curated(job, start)]), CompressionMode.Decompress);
        var lines = new MemoryStream();
        gzip.CopyTo(lines);
        return Reading.Lines(lines.ToArray()).Select(row =>
            row.GetProperty("station").GetString()
            + row.GetProperty("date").GetString()!.Replace("-", "", StringComparison.Ordinal)
            + row.GetProperty("element").GetString());
    }

    /// <summary>Offsets of the rows of a chunk that are in quarantine.</summary>
    public static IEnumerable<long> Quarantined(DataBucket data, string job, long start) =>
        Reading.Lines(data.Objects[ObjectKeys.Quarantine(job, start)])
            .Select(row => row.GetProperty("offset").GetInt64());

    /// <summary>The months of all chunks of a job, merged in the order in which they come.</summary>
    public static async Task<byte[]> MergedAsync(DataBucket data, string job)
    {
        var table = new MonthTable();
        foreach (var (key, partial) in data.Objects)
        {
            if (key.StartsWith($"partials/{job}/", StringComparison.Ordinal))
                await PartialsFile.MergeAsync(new MemoryStream(partial), table);
        }

        return await Reading.PartialsAsync(table);
    }

    /// <summary>The same of the file read as one chunk.</summary>
    public static async Task<byte[]> WholeAsync(LandedFile file)
    {
        using var stored = file.Content.Read(0, file.Content.Length);
        using var content = file.Content.IsGzip ? new VerifiedGzipStream(stored) : stored;
        return await Reading.PartialsAsync((await Reading.OfAsync(content, ChunkRange.Everything)).Result.Months);
    }
}
