using System.Text;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// The pipes of an environment's processes, the unfinished lines in them, and the open invocation's tail.
/// </summary>
internal sealed class LogState(
    FunctionConfiguration function, string environmentId, string logStream, TelemetryState telemetry,
    ILogSink sinks) : ITimedState
{
    /// <summary>A longer line is cut in pieces. Source: CloudWatch Logs quotas, event size 256 KB.</summary>
    public const int MaxLineBytes = 256 * 1024;

    // One reading takes at most this much, so that a process that never stops writing cannot hold the log.
    private const int MaxBytesPerDrain = 1 << 20;

    private readonly Dictionary<int, Source> sources = [];
    private readonly byte[] buffer = new byte[16 * 1024];
    private string? requestId;
    private LogTail? tail;

    /// <summary>The events for subscribers; the order of lines and events is decided here.</summary>
    public TelemetryState Telemetry { get; } = telemetry;

    public DateTimeOffset? NextDue => Telemetry.NextDue;

    public void OnDue(DateTimeOffset now) => Telemetry.OnDue(now);

    /// <param name="extension">Whose output it is; null for the runtime.</param>
    public void Add(int descriptor, string? extension) => sources[descriptor] = new Source([], extension);

    public void Open(InvocationRequest request, DateTimeOffset now)
    {
        DrainAll(now);
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

    public void WritePlatform(string line, DateTimeOffset now)
    {
        tail?.Append(Encoding.UTF8.GetBytes(line));
        Send(line, null, now, platform: true);
    }

    public void DrainAll(DateTimeOffset now)
    {
        foreach (var descriptor in sources.Keys) Drain(descriptor, now);
    }

    /// <summary>Reads what a pipe holds.</summary>
    /// <returns>True when it has ended or is no longer followed.</returns>
    public bool Drain(int descriptor, DateTimeOffset now)
    {
        if (!sources.TryGetValue(descriptor, out var source)) return true;
        for (var total = 0; total < MaxBytesPerDrain;)
        {
            var read = Libc.ReadAvailable(descriptor, buffer);
            if (read <= 0) return read == 0;
            total += read;
            Take(source, buffer.AsSpan(0, read), now);
        }

        return false;
    }

    /// <summary>Reads the rest, ends the last line, and forgets the pipe.</summary>
    public void Finish(int descriptor, DateTimeOffset now)
    {
        Drain(descriptor, now);
        if (!sources.Remove(descriptor, out var source) || source.Unfinished.Count == 0) return;
        WriteLine(source, [], now);
    }

    private void Take(Source source, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            var room = MaxLineBytes - source.Unfinished.Count;
            if (line.Length > room)
            {
                WriteLine(source, line[..room], now);
                bytes = bytes[room..];
            }
            else if (end < 0)
            {
                source.Unfinished.AddRange(line);
                return;
            }
            else
            {
                WriteLine(source, line, now);
                bytes = bytes[(end + 1)..];
            }
        }
    }

    private void WriteLine(Source source, ReadOnlySpan<byte> end, DateTimeOffset now)
    {
        if (source.Unfinished.Count == 0)
        {
            WriteWhole(source, end, now);
            return;
        }

        source.Unfinished.AddRange(end);
        WriteWhole(source, [.. source.Unfinished], now);
        source.Unfinished.Clear();
    }

    private void WriteWhole(Source source, ReadOnlySpan<byte> line, DateTimeOffset now)
    {
        if (line is [.. var before, (byte)'\r']) line = before;
        tail?.Append(line);
        if (Telemetry.IsWanted) Telemetry.Add(LogLines.Event(now, source.Type, function.LogFormat, line), now);
        Send(Encoding.UTF8.GetString(line), source.Extension, now, platform: false);
    }

    private void Send(string text, string? extension, DateTimeOffset now, bool platform)
    {
        var line = new LogLine(
            now, function.FunctionName, function.LogGroupName, logStream, environmentId, requestId, platform, extension,
            text) { AccessKey = function.Credentials.AccessKeyId };
        sinks.Write(line);
    }

    /// <summary>A pipe: the beginning of a line that has not ended, and whose it is.</summary>
    private sealed record Source(List<byte> Unfinished, string? Extension)
    {
        public TelemetryTypes Type => Extension is null ? TelemetryTypes.Function : TelemetryTypes.Extension;
    }
}
