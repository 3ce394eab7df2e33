using System.Globalization;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>A place in a shard, which a caller holds as a text for up to 15 minutes.</summary>
/// <param name="From">The number of the next change; 0 for the oldest that is kept.</param>
/// <param name="Issued">Service time.</param>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, GetShardIterator.</remarks>
internal sealed record ShardIterator(string StreamArn, string ShardId, long From, DateTimeOffset Issued)
{
    private const string Separator = "|1|";

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    /// <exception cref="AwsException">ValidationException: this service never wrote it.</exception>
    public static ShardIterator Parse(string text)
    {
        var separator = text.LastIndexOf(Separator, StringComparison.Ordinal);
        if (separator > 0 && Place(text[(separator + Separator.Length)..]).Split('/') is [var shard, var from, var at]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var issued)
            && issued <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return new ShardIterator(
                text[..separator], shard, number, DateTimeOffset.FromUnixTimeMilliseconds(issued));
        throw DynamoDbErrors.Validation("Invalid ShardIterator");
    }

    public override string ToString() => StreamArn + Separator + Convert.ToBase64String(
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{ShardId}/{From}/{Issued.ToUnixTimeMilliseconds()}")));

    private static string Place(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
