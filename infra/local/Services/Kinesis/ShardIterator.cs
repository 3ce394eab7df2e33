using System.Globalization;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis;

/// <summary>A place in a shard, which a caller holds as a text for up to five minutes.</summary>
/// <param name="Created">Of the stream: a later stream of the same name is another.</param>
/// <param name="From">The index of the next record; 0 for the oldest that is kept.</param>
/// <param name="Issued">Service time.</param>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, GetShardIterator.</remarks>
internal sealed record ShardIterator(
    string StreamName, DateTimeOffset Created, string ShardId, long From, DateTimeOffset Issued)
{
    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    /// <exception cref="AwsException">InvalidArgumentException: this service never wrote it.</exception>
    public static ShardIterator Parse(string text) => TryParse(text) ?? throw KinesisErrors.InvalidIterator();

    /// <returns>Null when this service never wrote it.</returns>
    public static ShardIterator? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split('/') is [var name, var made, var shard, var from, var at]
            && Milliseconds(made) is { } created && Milliseconds(at) is { } issued
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new ShardIterator(name, created, shard, index, issued)
                : null;
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{StreamName}/{Created.ToUnixTimeMilliseconds()}/{ShardId}/{From}/{Issued.ToUnixTimeMilliseconds()}")));

    private static DateTimeOffset? Milliseconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(number)
            : null;
}
