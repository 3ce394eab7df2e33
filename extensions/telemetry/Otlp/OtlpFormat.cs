using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Otlp;

/// <summary>Lines as requests of OTLP/HTTP in binary Protocol Buffers: one of log records, one of spans.</summary>
/// <param name="compresses">Whether bodies are compressed with gzip.</param>
internal sealed class OtlpFormat(OtlpResource resource, SpanIds ids, bool compresses) : IBatchFormat
{
    /// <summary>The kinds of content, which are the paths of the requests below the endpoint.</summary>
    public const string Logs = "v1/logs", Traces = "v1/traces";

    private const int LogsCapacity = 64 * 1_024, SpansCapacity = 16 * 1_024;

    private readonly OtlpRequest logs = new(resource, LogsCapacity);
    private readonly OtlpRequest traces = new(resource, SpansCapacity);
    private readonly Spans spans = new(ids, resource.FunctionName);

    public int OpenBytes => logs.Writer.Length + traces.Writer.Length;

    public void Add(in Line line)
    {
        LogRecords.Add(logs, line);
        spans.Add(traces, line);
    }

    public IReadOnlyList<BatchContent> Close()
    {
        var closed = new List<BatchContent>(2);
        if (logs.Items is > 0 and var lines) closed.Add(new BatchContent(Logs, lines, 0, Body(logs)));
        if (traces.Items is > 0 and var made) closed.Add(new BatchContent(Traces, 0, made, Body(traces)));
        return closed;
    }

    private byte[] Body(OtlpRequest request) =>
        request.Take(bytes => compresses ? Compression.Gzip(bytes) : bytes.ToArray());
}
