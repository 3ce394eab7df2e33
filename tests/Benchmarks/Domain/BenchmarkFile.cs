using System.Text;
using Isobar.Samples;

namespace Isobar.Benchmarks.Domain;

/// <summary>A large file in a temporary place, gone when disposed.</summary>
internal sealed class BenchmarkFile : IDisposable
{
    private BenchmarkFile(string name) =>
        FilePath = Path.Combine(Path.GetTempPath(), $"isobar-{Environment.ProcessId}-{name}.csv");

    public string FilePath { get; }

    public long Bytes => new FileInfo(FilePath).Length;

    /// <summary>Histories of many stations, one after the other, at least this long in all.</summary>
    public static BenchmarkFile InStationOrder(long bytes)
    {
        var file = new BenchmarkFile("stations");
        var history = HistoryRows(History.Rows);
        using var stream = File.Create(file.FilePath);
        for (var station = 0; stream.Length < bytes; station++)
        {
            Rename(history, station);
            stream.Write(history);
        }

        return file;
    }

    /// <summary>Many stations' rows of each day together, as in the archive's file of a year.</summary>
    public static BenchmarkFile InDayOrder(long bytes)
    {
        var file = new BenchmarkFile("days");
        const int stations = 8_000;
        var history = Encoding.ASCII.GetString(HistoryRows(20_000)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(row => row[12..20]).Select(day => Encoding.ASCII.GetBytes(string.Join('\n', day) + "\n"));
        using var stream = File.Create(file.FilePath);
        foreach (var day in history)
        {
            for (var station = 0; station < stations && stream.Length < bytes; station++)
            {
                Rename(day, station);
                stream.Write(day);
            }
        }

        return file;
    }

    /// <summary>A file as a reader of the archive opens it; no second buffer, no other thread.</summary>
    public FileStream Open() => new(FilePath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    public void Dispose() => File.Delete(FilePath);

    /// <summary>A history without its header.</summary>
    private static byte[] HistoryRows(int rows)
    {
        var stream = new MemoryStream();
        History.Write(stream, rows);
        var bytes = stream.ToArray();
        return bytes[(bytes.AsSpan().IndexOf((byte)'\n') + 1)..];
    }

    /// <summary>Gives all rows the same other station.</summary>
    private static void Rename(Span<byte> rows, int station)
    {
        var id = Encoding.ASCII.GetBytes($"XIW{station:D8}");
        for (var at = 0; at < rows.Length; at += rows[at..].IndexOf((byte)'\n') + 1) id.CopyTo(rows[at..]);
    }
}
