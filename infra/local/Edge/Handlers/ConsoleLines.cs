using System.Text;
using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Edge.Handlers;

/// <summary>The console of one process, line by line into the journal.</summary>
internal sealed class ConsoleLines(string functionName, int process, Journal journal)
{
    // A process that never stops writing can't hold the thread that reads for all.
    private const int MaxBytesPerRead = 256 * 1024;

    private readonly Dictionary<int, List<byte>> unfinished = [];
    private readonly byte[] buffer = new byte[16 * 1024];

    /// <summary>Reads what a pipe holds.</summary>
    /// <returns>True when it has ended.</returns>
    public bool Drain(int descriptor)
    {
        var line = unfinished.TryGetValue(descriptor, out var known) ? known : unfinished[descriptor] = [];
        for (var total = 0; total < MaxBytesPerRead;)
        {
            var read = Libc.ReadAvailable(descriptor, buffer);
            if (read <= 0) return read == 0;
            total += read;
            foreach (var character in buffer.AsSpan(0, read)) Take(line, character);
        }

        return false;
    }

    /// <summary>Reads the rest and ends the last line.</summary>
    public void Finish(int descriptor)
    {
        Drain(descriptor);
        if (unfinished.Remove(descriptor, out var line) && line.Count > 0) Write(line);
    }

    private void Take(List<byte> line, byte character)
    {
        if (character == '\n') Write(line);
        else if (line.Count < EdgeLimits.MaxConsoleCharacters) line.Add(character);
    }

    private void Write(List<byte> line)
    {
        journal.Record(new EdgeLineWritten(functionName, process, Encoding.UTF8.GetString([.. line]).TrimEnd('\r')));
        line.Clear();
    }
}
