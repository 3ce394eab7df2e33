using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Log events over the file descriptor named by _LAMBDA_TELEMETRY_LOG_FD: a header of 16 bytes, big-endian (4 kind,
/// 4 length, 8 microseconds since 1970), then UTF-8. So a message of many lines stays one event.
/// </summary>
internal sealed class TelemetryLog : TextWriter
{
    private const uint TextFrame = 0xa55a0003;
    private const uint JsonFrame = 0xa55a0002;
    private const int HeaderBytes = 16;

    private readonly FileStream stream;
    private readonly uint kind;

    private TelemetryLog(FileStream stream)
    {
        this.stream = stream;
        var format = Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT");
        kind = string.Equals(format, "JSON", StringComparison.OrdinalIgnoreCase) ? JsonFrame : TextFrame;
    }

    public override Encoding Encoding => Encoding.UTF8;

    /// <returns>Null when the descriptor can't be written to: the caller falls back to the standard streams.</returns>
    public static TelemetryLog Open(string descriptor)
    {
        try
        {
            var handle = new SafeFileHandle(int.Parse(descriptor), ownsHandle: false);
            return new TelemetryLog(new FileStream(handle, FileAccess.Write, bufferSize: 0));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or IOException)
        {
            return null;
        }
    }

    public override void WriteLine(string value) => Write(value + "\n");

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        var length = Encoding.GetByteCount(value);
        var frame = new byte[HeaderBytes + length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, kind);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), length);
        var microseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(8), microseconds);
        Encoding.GetBytes(value, frame.AsSpan(HeaderBytes));
        lock (stream)
        {
            stream.Write(frame);
            stream.Flush();
        }
    }
}
