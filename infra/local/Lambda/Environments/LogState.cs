using System.Text;
using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// The pipes of an environment's processes, the unfinished lines in them, and the open invocation's tail.
/// </summary>
internal sealed class LogState(string functionName, string environmentId, Journal journal)
{
    /// <summary>A longer line is cut in pieces. Source: CloudWatch Logs quotas, event size 256 KB.</summary>
    public const int MaxLineBytes = 256 * 1024;

    // One reading takes at most this much, so that a process that never stops writing cannot hold the log.
    private const int MaxBytesPerDrain = 1 << 20;

    private readonly Dictionary<int, Source> sources = [];
    private readonly byte[] buffer = new byte[16 * 1024];
    private string? requestId;
    private LogTail? tail;

    /// <param name="extension">Whose output it is; null for the runtime.</param>
    public void Add(int descriptor, string? extension) => sources[descriptor] = new Source([], extension);

    public void Open(InvocationRequest request)
    {
        DrainAll();
        requestId = request.RequestId;
        tail = request.LogTail ? new LogTail() : null;
    }

    public void Close() => requestId = null;

    public byte[] TakeTail()
    {
        var taken = tail?.ToArray() ?? [];
        tail = null;
        return taken;
    }

    public void WritePlatform(string line)
    {
        tail?.Append(Encoding.UTF8.GetBytes(line));
        journal.Record(new LogLineWritten(functionName, environmentId, requestId, true, line));
    }

    public void DrainAll()
    {
        foreach (var descriptor in sources.Keys) Drain(descriptor);
    }

    /// <summary>Reads what a pipe holds.</summary>
    /// <returns>True when it has ended or is no longer followed.</returns>
    public bool Drain(int descriptor)
    {
        if (!sources.TryGetValue(descriptor, out var source)) return true;
        for (var total = 0; total < MaxBytesPerDrain;)
        {
            var read = Libc.ReadAvailable(descriptor, buffer);
            if (read <= 0) return read == 0;
            total += read;
            Take(source, buffer.AsSpan(0, read));
        }

        return false;
    }

    /// <summary>Reads the rest, ends the last line, and forgets the pipe.</summary>
    public void Finish(int descriptor)
    {
        Drain(descriptor);
        if (!sources.Remove(descriptor, out var source) || source.Unfinished.Count == 0) return;
        WriteLine(source, []);
    }

    private void Take(Source source, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            var room = MaxLineBytes - source.Unfinished.Count;
            if (line.Length > room)
            {
                WriteLine(source, line[..room]);
                bytes = bytes[room..];
            }
            else if (end < 0)
            {
                source.Unfinished.AddRange(line);
                return;
            }
            else
            {
                WriteLine(source, line);
                bytes = bytes[(end + 1)..];
            }
        }
    }

    private void WriteLine(Source source, ReadOnlySpan<byte> end)
    {
        if (source.Unfinished.Count == 0)
        {
            WriteWhole(source, end);
            return;
        }

        source.Unfinished.AddRange(end);
        WriteWhole(source, [.. source.Unfinished]);
        source.Unfinished.Clear();
    }

    private void WriteWhole(Source source, ReadOnlySpan<byte> line)
    {
        if (line is [.. var before, (byte)'\r']) line = before;
        tail?.Append(line);
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LogLineWritten.MaxCharacters)]);
        journal.Record(new LogLineWritten(functionName, environmentId, requestId, false, text)
        {
            Extension = source.Extension,
        });
    }

    /// <summary>A pipe: the beginning of a line that has not ended, and whose it is.</summary>
    private sealed record Source(List<byte> Unfinished, string? Extension);
}
