using System.Collections.Concurrent;
using System.IO.Pipes;

namespace Isobar.Local.Lambda.Processes;

/// <summary>One thread that waits for output of any child and has the child's log read it.</summary>
/// <remarks>
/// .NET reads a child's pipes with a blocked pool thread each; sixteen environments would hold thirty-two of them.
/// </remarks>
internal sealed class OutputPump : IDisposable
{
    private readonly ConcurrentDictionary<int, Func<bool>> readers = new();
    private readonly AnonymousPipeServerStream wake = new(PipeDirection.Out);
    private readonly int woken;
    private volatile bool over;

    public OutputPump()
    {
        woken = (int)wake.ClientSafePipeHandle.DangerousGetHandle();
        Libc.MakeNonBlocking(woken);

        // Written to once before anybody else can: .NET 10.0 wraps the pipe in a socket at the first write, and of two
        // threads that are first at once, one's wrapper later closes the descriptor, whoever has it then (measured).
        wake.WriteByte(0);
        new Thread(Pump) { IsBackground = true, Name = "function output" }.Start();
    }

    /// <summary>
    /// Calls <paramref name="read"/> whenever the descriptor has something to read, until it has ended or is removed.
    /// </summary>
    /// <param name="read">Reads everything there is, and says whether that is the end; it may be called when there is
    /// nothing.</param>
    public void Add(int descriptor, Func<bool> read)
    {
        readers[descriptor] = read;
        wake.WriteByte(0);
    }

    public void Remove(int descriptor)
    {
        if (readers.TryRemove(descriptor, out _)) wake.WriteByte(0);
    }

    public void Dispose()
    {
        over = true;
        wake.WriteByte(0);
    }

    private void Pump()
    {
        Span<byte> scrap = stackalloc byte[256];
        while (!over)
        {
            var snapshot = readers.ToArray();
            var entries = new Libc.PollEntry[snapshot.Length + 1];
            entries[0] = new Libc.PollEntry { Descriptor = woken, Events = Libc.PollIn };
            for (var i = 0; i < snapshot.Length; i++)
                entries[i + 1] = new Libc.PollEntry { Descriptor = snapshot[i].Key, Events = Libc.PollIn };

            Libc.WaitReadable(entries);
            if (entries[0].Returned != 0) _ = Libc.ReadAvailable(woken, scrap);
            for (var i = 0; i < snapshot.Length; i++)
            {
                // The number may be another pipe's by now: only this very reader goes.
                if (entries[i + 1].Returned != 0 && snapshot[i].Value()) readers.TryRemove(snapshot[i]);
            }
        }

        wake.Dispose();
    }
}
