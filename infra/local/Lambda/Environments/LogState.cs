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

    private readonly Dictionary<int, List<byte>> unfinished = [];
    private readonly byte[] buffer = new byte[16 * 1024];
    private string? requestId;
    private LogTail? tail;

    public void Add(int descriptor) => unfinished[descriptor] = [];

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
        foreach (var descriptor in unfinished.Keys) Drain(descriptor);
    }

    /// <summary>Reads what a pipe holds.</summary>
    /// <returns>True when it has ended or is no longer followed.</returns>
    public bool Drain(int descriptor)
    {
        if (!unfinished.TryGetValue(descriptor, out var rest)) return true;
        for (var total = 0; total < MaxBytesPerDrain;)
        {
            var read = Libc.ReadAvailable(descriptor, buffer);
            if (read <= 0) return read == 0;
            total += read;
            Take(rest, buffer.AsSpan(0, read));
        }

        return false;
    }

    /// <summary>Reads the rest, ends the last line, and forgets the pipe.</summary>
    public void Finish(int descriptor)
    {
        Drain(descriptor);
        if (!unfinished.Remove(descriptor, out var rest) || rest.Count == 0) return;
        WriteLine([.. rest]);
    }

    private void Take(List<byte> rest, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            var room = MaxLineBytes - rest.Count;
            if (line.Length > room)
            {
                WriteLine(rest, line[..room]);
                bytes = bytes[room..];
            }
            else if (end < 0)
            {
                rest.AddRange(line);
                return;
            }
            else
            {
                WriteLine(rest, line);
                bytes = bytes[(end + 1)..];
            }
        }
    }

    private void WriteLine(List<byte> rest, ReadOnlySpan<byte> end)
    {
        if (rest.Count == 0)
        {
            WriteLine(end);
            return;
        }

        rest.AddRange(end);
        WriteLine([.. rest]);
        rest.Clear();
    }

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        if (line is [.. var before, (byte)'\r']) line = before;
        tail?.Append(line);
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LogLineWritten.MaxCharacters)]);
        journal.Record(new LogLineWritten(functionName, environmentId, requestId, false, text));
    }
}
