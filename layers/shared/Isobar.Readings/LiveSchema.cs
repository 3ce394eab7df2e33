using Amazon.DynamoDBv2.Model;
using static Isobar.Tables.Attributes;

namespace Isobar.Readings;

/// <summary>
/// The table of live readings. A station has an item for the latest reading of each element, and one for its newest
/// window: at most nine.
/// </summary>
public static class LiveSchema
{
    public const string Station = "station";
    public const string Item = "item";
    public const string At = "at";

    /// <summary>In thousandths of the element's unit, as the sums of windows are.</summary>
    public const string Value = "value";

    public const string Start = "start";
    public const string End = "end";

    /// <summary>
    /// The parts of a window, by name. A window has several where its shard was split, or where its state was too
    /// large; each has the count and the sum of every element.
    /// </summary>
    public const string Parts = "parts";

    public const string Count = "count";
    public const string Sum = "sum";

    /// <summary>The item of the newest window.</summary>
    public const string Window = "window";

    /// <summary>What the items of latest readings begin with; the element follows.</summary>
    public const string Latest = "latest#";

    public static Dictionary<string, AttributeValue> Key(string station, string item) =>
        new() { [Station] = Text(station), [Item] = Text(item) };

    /// <summary>An instant as milliseconds since 1970, so that instants compare as numbers.</summary>
    public static AttributeValue Milliseconds(DateTimeOffset instant) => Number(instant.ToUnixTimeMilliseconds());

    public static DateTimeOffset Instant(this Dictionary<string, AttributeValue> item, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(item.Number(name));
}
