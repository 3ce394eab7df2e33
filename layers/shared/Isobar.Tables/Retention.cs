using Amazon.DynamoDBv2.Model;

namespace Isobar.Tables;

/// <summary>Says until when an item is kept: DynamoDB deletes it some time after <see cref="Attribute"/>.</summary>
/// <param name="period">How long items are kept after they were written.</param>
/// <param name="clock">Tells when that is.</param>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Using time to live (TTL)".</remarks>
public sealed class Retention(TimeSpan period, TimeProvider clock)
{
    /// <summary>The tables' TimeToLiveSpecification in the template names it too; seconds since 1970.</summary>
    public const string Attribute = "expiresAt";

    /// <param name="days">A whole number of days, as the template gives it.</param>
    /// <exception cref="FormatException">It is no number.</exception>
    public static Retention OfDays(string days) =>
        new(TimeSpan.FromDays(int.Parse(days, System.Globalization.CultureInfo.InvariantCulture)), TimeProvider.System);

    /// <summary>The attribute's value for an item that is written now.</summary>
    public AttributeValue ExpiresAt => Attributes.Number((clock.GetUtcNow() + period).ToUnixTimeSeconds());

    /// <summary>The same item with its expiry.</summary>
    public Dictionary<string, AttributeValue> Stamp(Dictionary<string, AttributeValue> item)
    {
        item[Attribute] = ExpiresAt;
        return item;
    }
}
