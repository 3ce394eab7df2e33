using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Tables;

/// <summary>Attribute values of DynamoDB items, written and read.</summary>
public static class Attributes
{
    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A set of numbers.</summary>
    /// <param name="values">At least one: DynamoDB has no empty sets.</param>
    public static AttributeValue NumberSet(IEnumerable<int> values) =>
        new() { NS = [.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))] };

    /// <exception cref="KeyNotFoundException">The item has no such attribute.</exception>
    public static long Number(this Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);

    /// <returns>Null if the item has no such attribute.</returns>
    public static string? OptionalText(this Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.S;

    /// <returns>The set of numbers, ascending; empty if the item has no such attribute.</returns>
    public static IReadOnlyList<int> OptionalNumberSet(this Dictionary<string, AttributeValue> item, string name) =>
        [.. (item.GetValueOrDefault(name)?.NS ?? [])
            .Select(value => int.Parse(value, CultureInfo.InvariantCulture)).Order()];

    /// <summary>An instant as round-trip text, in UTC.</summary>
    public static AttributeValue Instant(DateTimeOffset instant) =>
        Text(instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
