using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Isobar.Local.Edge.Handlers;

/// <summary>Lines over a socket, in both directions.</summary>
internal sealed class LineSocket : IAsyncDisposable
{
    private readonly NetworkStream stream;
    private readonly PipeReader reader;

    public LineSocket(Socket socket)
    {
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = PipeReader.Create(stream);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(line, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <returns>The next line without its end; null when there is none, or it is too long for an answer.</returns>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line.Length > EdgeLimits.MaxAnswerBytes ? null : line;
            }

            var tooLong = read.Buffer.Length > EdgeLimits.MaxAnswerBytes;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (tooLong || read.IsCompleted) return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await reader.CompleteAsync();
        await stream.DisposeAsync();
    }
}
