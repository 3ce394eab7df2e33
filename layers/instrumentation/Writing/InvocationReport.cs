using System.Buffers;
using System.Text.Json;
using Isobar.Instrumentation.Calls;
using Isobar.Instrumentation.Lambda;

namespace Isobar.Instrumentation.Writing;

/// <summary>Writes the bytes of one line, its end included.</summary>
internal delegate void LineWriter(ReadOnlySpan<byte> line);

/// <summary>
/// What is written of an invocation: one line of metrics about the runtime, one for each host that was called, and the
/// calls as spans. README.md describes the lines.
/// </summary>
internal sealed class InvocationReport(string functionName, CallLog calls, TimeProvider clock, LineWriter write)
{
    /// <summary>Hosts with metrics of their own, for each environment; what else is called is the host
    /// <c>other</c>. Ours: each host is two metrics more on the bill.</summary>
    public const int MaxHosts = 20;

    private readonly RuntimeCounters counters = new();
    private readonly HashSet<string> hosts = [];
    private ArrayBufferWriter<byte>? line;
    private InvokeEvent? last;
    private int invocations;

    /// <summary>Writes what happened since the last time, as that invocation's.</summary>
    public void Write(InvokeEvent invocation)
    {
        var made = calls.Take(out var uncounted);
        WriteRuntime(invocation);
        foreach (var host in made.GroupBy(call => MetricHost(call.Host))) WriteHost(invocation, host.Key, [.. host]);
        Spans.Write(invocation, made, uncounted, WriteLine);
    }

    /// <summary>Writes what happened since the last invocation began, and remembers this one.</summary>
    public void WriteLast(InvokeEvent invocation)
    {
        if (last is { } ended) Write(ended);
        last = invocation;
    }

    private string MetricHost(string host) =>
        hosts.Contains(host) || (hosts.Count < MaxHosts && hosts.Add(host)) ? host : "other";

    private void WriteRuntime(InvokeEvent invocation)
    {
        var read = counters.Read();
        WriteLine(writer =>
        {
            writer.WriteStartObject();
            EmbeddedMetrics.WriteHead(writer, clock.GetUtcNow(), ["FunctionName"], RuntimeCounters.Metrics);
            writer.WriteString("FunctionName", functionName);
            writer.WriteString("requestId", invocation.RequestId);
            writer.WriteBoolean("coldStart", invocations++ == 0);
            read.Write(writer);
            writer.WriteEndObject();
        });
    }

    private void WriteHost(InvokeEvent invocation, string host, Call[] made) => WriteLine(writer =>
    {
        writer.WriteStartObject();
        EmbeddedMetrics.WriteHead(
            writer, clock.GetUtcNow(), ["FunctionName", "Host"],
            [("HttpDuration", "Milliseconds"), ("HttpFaults", "Count")]);
        writer.WriteString("FunctionName", functionName);
        writer.WriteString("Host", host);
        writer.WriteString("requestId", invocation.RequestId);
        writer.WriteStartArray("HttpDuration");
        foreach (var call in made) writer.WriteNumberValue(Math.Round(call.Duration.TotalMilliseconds, 3));
        writer.WriteEndArray();
        writer.WriteNumber("HttpFaults", made.Count(call => call.IsFault));
        writer.WriteEndObject();
    });

    private void WriteLine(Action<Utf8JsonWriter> content)
    {
        line ??= new ArrayBufferWriter<byte>(StandardStreams.MaxWholeLineBytes);
        line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(line)) content(writer);
        line.Write("\n"u8);
        write(line.WrittenSpan);
    }
}
