using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.EventBridge.Inputs;

/// <summary>What a target receives of an event.</summary>
internal abstract record TargetInput
{
    /// <param name="rule">Whose target it is.</param>
    /// <param name="ingested">When the event came.</param>
    /// <returns>Null when it can't be made of this event: nothing is delivered.</returns>
    public abstract byte[]? Of(BusEvent happened, Rule rule, DateTimeOffset ingested);
}

/// <summary>The event itself.</summary>
internal sealed record WholeEvent : TargetInput
{
    public override byte[] Of(BusEvent happened, Rule rule, DateTimeOffset ingested) => happened.ToJson();
}

/// <summary>Always the same JSON, whatever happened.</summary>
internal sealed record ConstantInput(string Json) : TargetInput
{
    public override byte[] Of(BusEvent happened, Rule rule, DateTimeOffset ingested) => Encoding.UTF8.GetBytes(Json);
}

/// <summary>A part of the event; an empty object where the event has no such part.</summary>
internal sealed record PartOfEvent(InputPath Path) : TargetInput
{
    public override byte[] Of(BusEvent happened, Rule rule, DateTimeOffset ingested)
    {
        using var document = JsonDocument.Parse(happened.ToJson());
        return Path.Find(document.RootElement) is { } part
            ? Encoding.UTF8.GetBytes(part.GetRawText())
            : "{}"u8.ToArray();
    }
}
