using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text.Json;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Handlers;

/// <summary>Lines over a socket, in both directions; one caller at a time.</summary>
internal sealed class LineSocket : IAsyncDisposable
{
    private readonly NetworkStream stream;
    private readonly PipeReader reader;
    private readonly ArrayBufferWriter<byte> line = new();

    public LineSocket(Socket socket)
    {
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = PipeReader.Create(stream);
    }

    /// <summary>Writes a call as one line, in one piece: the other end then reads it in one.</summary>
    public async Task WriteAsync(HandlerCall call, CancellationToken cancellationToken)
    {
        line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(line))
            JsonSerializer.Serialize(json, call, EdgeJson.Default.HandlerCall);
        line.GetSpan(1)[0] = (byte)'\n';
        line.Advance(1);
        await stream.WriteAsync(line.WrittenMemory, cancellationToken);
    }

    /// <param name="maxBytes">Of a line.</param>
    /// <returns>The next line without its end; null when there is none, or it is too long for an answer.</returns>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var answer = read.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return answer.Length > maxBytes ? null : answer;
            }

            var tooLong = read.Buffer.Length > maxBytes;
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
