namespace Isobar.Local.Services;

/// <summary>An event on its way to a target, with what some targets need beside its payload.</summary>
/// <param name="Payload">What a queue takes as a body, a topic as a message, a function as its event, an event bus as
/// the detail; UTF-8.</param>
/// <param name="From">On whose behalf it is delivered.</param>
internal sealed record TargetEvent(ReadOnlyMemory<byte> Payload, DeliverySource From)
{
    /// <summary>Message attributes, for queues and topics.</summary>
    public IReadOnlyDictionary<string, TargetAttribute> Attributes { get; init; } =
        new Dictionary<string, TargetAttribute>();

    /// <summary>The subject of a message, for topics; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>The EventBridge <c>source</c>, without which event buses refuse an event: <c>lambda</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The EventBridge <c>detail-type</c>, without which event buses refuse an event.</summary>
    public string? DetailType { get; init; }

    /// <summary>The <c>X-Amzn-Trace-Id</c> header of the event, for queues and functions.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The message group, for queues; null for none.</summary>
    public string? MessageGroupId { get; init; }

    /// <summary>The ARNs that the event is about, for event buses.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];
}

/// <summary>A message attribute.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with an optional label behind a dot.</param>
/// <param name="Value">The bytes; UTF-8 unless the type is <c>Binary</c>.</param>
internal sealed record TargetAttribute(string DataType, ReadOnlyMemory<byte> Value)
{
    public static TargetAttribute Text(string value) => new("String", System.Text.Encoding.UTF8.GetBytes(value));

    public static TargetAttribute Number(long value) => new("Number", System.Text.Encoding.UTF8.GetBytes($"{value}"));
}
