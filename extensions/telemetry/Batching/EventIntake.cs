using System.Security.Cryptography;
using System.Text.Json;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Batching;

/// <summary>
/// Takes the deliveries of the platform: leaves out what was delivered before or is not wanted, numbers the lines, and
/// gives each to the buffers of all destinations. Time is an argument; nothing here waits or sends.
/// </summary>
/// <remarks>
/// A line gets its number when it is added. Dropped lines therefore leave a gap, and the line that reports them has the
/// first and last number of the gap.
/// </remarks>
/// <param name="summary">Null to write no summaries of invocations.</param>
internal sealed class EventIntake(
    Level? leastLevel, Sampling sampling, InvocationSummary? summary, InvocationTracker tracker,
    IReadOnlyList<LineBuffer> buffers)
{
    private readonly List<string> output = [];

    private readonly byte[] lastDelivery = new byte[SHA256.HashSizeInBytes];
    private long next = 1;

    /// <summary>Adds one delivery of the Telemetry API: a JSON array of events.</summary>
    /// <exception cref="JsonException">The delivery is not an array of JSON objects; nothing was added.</exception>
    /// <remarks>
    /// The platform repeats a delivery that was not acknowledged in time; a repetition in a row is ignored.
    /// </remarks>
    public void Take(ReadOnlyMemory<byte> delivery, DateTimeOffset now)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(delivery.Span, hash);
        if (hash.SequenceEqual(lastDelivery)) return;
        using var document = JsonDocument.Parse(delivery);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new JsonException("The delivery is not a JSON array.");
        foreach (var happened in document.RootElement.EnumerateArray())
            if (happened.ValueKind != JsonValueKind.Object) throw new JsonException("An event is not a JSON object.");
        hash.CopyTo(lastDelivery);
        foreach (var happened in document.RootElement.EnumerateArray()) Take(happened, now);
    }

    /// <summary>Adds a line that tells what a destination has lost.</summary>
    public void Report(Loss loss, DateTimeOffset now)
    {
        if (!loss.IsNone) Add(OwnEvents.Dropped(loss, now), OwnEvents.DroppedType, null, null, now);
    }

    /// <summary>Adds a line that tells what sampling has left out, if it has.</summary>
    public void ReportSampledAway(DateTimeOffset now)
    {
        if (sampling.TakeUntold() is { Lines: > 0 } away)
            Add(OwnEvents.SampledAway(away, now), OwnEvents.SampledType, null, null, now);
    }

    /// <summary>Lines for the standard output, which were made since the last call.</summary>
    public IReadOnlyList<string> TakeOutput()
    {
        if (output.Count == 0) return [];
        string[] taken = [.. output];
        output.Clear();
        return taken;
    }

    private void Take(JsonElement happened, DateTimeOffset now)
    {
        var type = EventJson.TypeOf(happened);
        tracker.See(type, happened, now);
        Level? level = null;
        if (type is "function" or "extension" && EventJson.Member(happened, "record") is { } record)
        {
            if (type == "extension" && OwnLines.IsOwn(record)) return;
            level = Levels.Of(record);
            if (level < leastLevel) return;
        }

        var invocation = tracker.Of(type, happened);
        if (type == "platform.report" && summary?.Of(happened, invocation, now) is { } line) output.Add(line);
        var isKept = sampling.Keeps(type, happened, level, invocation);
        if (isKept) Add(happened, type, level, invocation, now);
        if (type != "platform.runtimeDone" || !(isKept || sampling.IsUrgent)) return;
        ReportSampledAway(now);
        foreach (var buffer in buffers) buffer.Flush();
    }

    private void Add(JsonElement happened, string type, Level? level, Invocation? invocation, DateTimeOffset now)
    {
        var line = new Line(next++, type, happened, level, now, invocation);
        foreach (var buffer in buffers) buffer.Add(line, now);
    }
}
