using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis;

/// <summary>Every error that the service answers with.</summary>
/// <remarks>
/// Source: Amazon Kinesis Data Streams API Reference for the codes. The texts about streams and rates are in its
/// examples or were recorded against AWS; those that nobody has published are ours.
/// </remarks>
internal static class KinesisErrors
{
    /// <summary>For a parameter that is not built.</summary>
    public static AwsException NotSupported(string reason) => InvalidArgument(reason);

    public static AwsException StreamNotFound(StreamPlace place) => new(
        "ResourceNotFoundException", $"Stream {place} not found.");

    public static AwsException ShardNotFound(string shardId, StreamPlace place) => new(
        "ResourceNotFoundException",
        $"Could not find shard {shardId} in stream {place}.");

    public static AwsException StreamExists(StreamPlace place) => new(
        "ResourceInUseException", $"Stream {place} already exists.");

    public static AwsException RateExceeded(string shardId, StreamPlace place) => new(
        "ProvisionedThroughputExceededException", RateText(shardId, place));

    /// <summary>The text of the error, which PutRecords has for each record.</summary>
    public static string RateText(string shardId, StreamPlace place) =>
        $"Rate exceeded for shard {shardId} in stream {place}.";

    public static AwsException ShardLimit(string accountId, string region, int open, int wanted) => new(
        "LimitExceededException",
        $"This request would exceed the shard limit for the account {accountId} in {region}. Current shard count for "
        + $"the account: {open}. Limit: {KinesisLimits.MaxOpenShards}. Number of additional shards that would have "
        + $"resulted from this request: {wanted}.");

    public static AwsException LimitExceeded(string message) => new("LimitExceededException", message);

    public static AwsException InvalidArgument(string message) => new("InvalidArgumentException", message);

    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException OnDemand(StreamPlace place, string operation) => Validation(
        $"Request is invalid. {operation} can't be used with stream {place}, which is in on-demand mode.");

    public static AwsException NotMergeable(string shard, string adjacent, StreamPlace place) => InvalidArgument(
        $"Shards {shard} and {adjacent} in stream {place} are not an adjacent pair of shards eligible for merging");

    public static AwsException ShardClosed(string shard, StreamPlace place) => InvalidArgument(
        $"Shard {shard} in stream {place} has already been merged or split, and thus is not eligible for merging or "
        + "splitting.");

    public static AwsException BadSplit(string hashKey, Shard shard, StreamPlace place) => InvalidArgument(
        $"NewStartingHashKey {hashKey} used in SplitShard() on shard {shard.Id} in stream {place} is not both greater "
        + $"than one plus the shard's StartingHashKey {HashKeys.Text(shard.Range.Start)} and less than the shard's "
        + $"EndingHashKey {HashKeys.Text(shard.Range.End)}.");

    public static AwsException NumberOfOtherStream(string number, string shardId, StreamPlace place) => InvalidArgument(
        $"StartingSequenceNumber {number} used in GetShardIterator on shard {shardId} in stream {place} is invalid "
        + "because it did not come from this stream.");

    public static AwsException InvalidIterator() => InvalidArgument("Invalid ShardIterator.");

    public static AwsException ExpiredIterator(DateTimeOffset issued, DateTimeOffset now) => new(
        "ExpiredIteratorException",
        $"Iterator expired. The iterator was created at time {Text(issued)} while right now it is {Text(now)} which "
        + "is further in the future than the tolerated delay of 300000 milliseconds.");

    public static AwsException ExpiredToken() => new("ExpiredNextTokenException", "The NextToken has expired.");

    public static AwsException InvalidToken() => InvalidArgument("Invalid NextToken.");

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(
        "ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
