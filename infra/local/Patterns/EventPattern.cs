using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>Which operators a service's patterns have.</summary>
internal enum PatternDialect
{
    /// <summary>Event patterns of EventBridge rules: every operator.</summary>
    EventBridge,

    /// <summary>SNS filter policies: no wildcards, anything-but with prefix only.</summary>
    FilterPolicy,
}

/// <summary>A pattern that JSON documents are matched against.</summary>
/// <remarks>Sources: Amazon EventBridge User Guide, "Event pattern syntax"; Amazon SNS Developer Guide, "Amazon SNS
/// subscription filter policies".</remarks>
internal sealed class EventPattern
{
    private readonly PatternNode root;

    private EventPattern(PatternNode root) => this.root = root;

    /// <summary>Whether a key holds further keys.</summary>
    public bool IsNested => root.Children.Any(child => child.IsNested);

    /// <summary>Keys that have values, in all alternatives.</summary>
    public int KeyCount => root.KeyCount;

    /// <summary>
    /// The product, over the keys, of the number of values and the depth of the key; alternatives add up.
    /// </summary>
    /// <remarks>Source: Amazon SNS Developer Guide, "Filter policy constraints".</remarks>
    public double Combinations => root.Combinations(0);

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PatternException">It is not JSON, or not a pattern.</exception>
    public static EventPattern Read(string source, PatternDialect dialect) =>
        new(PatternParser.Read(source, dialect));

    /// <param name="document">Any JSON. A value that is not an object matches only patterns of absent keys.</param>
    public bool Matches(JsonElement document) => root.Holds([new EventValue(document, null)], document);
}
