namespace Isobar.Local.Services.EventBridge;

/// <summary>An event bus; part of the state.</summary>
internal sealed class EventBus(string name, string arn, string? description, DateTimeOffset created)
{
    /// <summary>The name of the bus that every account has.</summary>
    public const string Default = "default";

    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public string? Description { get; set; } = description;

    public DateTimeOffset Created { get; } = created;

    /// <summary>By name.</summary>
    public SortedDictionary<string, Rule> Rules { get; } = new(StringComparer.Ordinal);
}
