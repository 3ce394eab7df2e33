namespace Isobar.Local.Services.Kinesis;

/// <summary>Kinesis's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: Amazon Kinesis Data Streams Developer Guide, "Quotas and limits", and the
/// API Reference with its model.
/// </remarks>
internal static class KinesisLimits
{
    /// <summary>Ours: room for 10 MiB of records as base64, and their keys.</summary>
    public const long MaxRequestBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of a record's data and its partition key together, before base64.</summary>
    public const int MaxRecordBytes = 1024 * 1024;

    /// <summary>What a stream says about <see cref="MaxRecordBytes"/>, in KiB.</summary>
    public const int MaxRecordKibibytes = MaxRecordBytes / 1024;

    /// <summary>Bytes of all records of a PutRecords, with their keys.</summary>
    public const int MaxPutBytes = 10 * 1024 * 1024;

    public const int MaxPutRecords = 500;

    public const int MaxPartitionKeyCharacters = 256;

    /// <summary>Records that a shard takes in a second.</summary>
    public const int WriteRecordsPerSecond = 1_000;

    /// <summary>Bytes that a shard takes in a second, partition keys among them.</summary>
    public const int WriteBytesPerSecond = 1024 * 1024;

    /// <summary>Calls of GetRecords on a shard in a second.</summary>
    public const int ReadsPerSecond = 5;

    /// <summary>Bytes that a shard gives in a second; a larger answer is paid with the seconds after it.</summary>
    public const int ReadBytesPerSecond = 2 * 1024 * 1024;

    /// <summary>Records that GetRecords answers, at most and by default.</summary>
    public const int MaxPageRecords = 10_000;

    /// <summary>Bytes that GetRecords answers.</summary>
    public const int MaxPageBytes = 10 * 1024 * 1024;

    /// <summary>How long a shard iterator can be used, in service time.</summary>
    public static readonly TimeSpan IteratorLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long a token of ListShards or ListStreams can be used, in service time.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);

    public const int MaxIteratorCharacters = 512;

    /// <summary>Hours that a stream keeps its records: the least and the default.</summary>
    public const int MinRetentionHours = 24;

    public const int MaxRetentionHours = 8_760;

    public const int MaxStreamNameCharacters = 128;

    public const int MaxArnCharacters = 2_048;

    public const int MaxShardIdCharacters = 128;

    /// <summary>Shards of a new on-demand stream.</summary>
    public const int OnDemandShards = 4;

    /// <summary>Ours: open shards in a Region. AWS's default quota depends on the Region; in us-east-1 it is 20,000.
    /// </summary>
    public const int MaxOpenShards = 1_000;

    /// <summary>Ours: shards of a Region, the closed ones that are still kept among them. AWS states none.</summary>
    public const int MaxShards = 10_000;

    /// <summary>On-demand streams in a Region.</summary>
    public const int MaxOnDemandStreams = 50;

    /// <summary>Calls of UpdateShardCount on a stream within 24 hours.</summary>
    public const int MaxResizesPerDay = 10;

    /// <summary>Changes of a stream's mode within 24 hours.</summary>
    public const int MaxModeChangesPerDay = 2;

    /// <summary>Ours: bytes of the records in all streams of a Region; past it the oldest of the largest stream are
    /// trimmed before their time.</summary>
    public const long MaxKeptBytes = 256L * 1024 * 1024;

    /// <summary>Shards on a page of DescribeStream.</summary>
    public const int DescribePage = 100;

    /// <summary>Shards on a page of ListShards.</summary>
    public const int ListShardsPage = 1_000;

    /// <summary>Streams on a page of ListStreams, when the request does not say.</summary>
    public const int DefaultStreamsPage = 100;

    /// <summary>The largest Limit and MaxResults that the model allows.</summary>
    public const int MaxPage = 10_000;

    public const int MaxTokenCharacters = 1_048_576;

    public const int MaxTags = 50;

    /// <summary>Tags in one request, as the model limits them.</summary>
    public const int MaxTagsInRequest = 200;

    public const int MaxTagKeyCharacters = 128;

    public const int MaxTagValueCharacters = 256;

    /// <summary>A PUT payload unit: records are charged by it.</summary>
    /// <remarks>Source: the pricing page of Amazon Kinesis Data Streams.</remarks>
    public const int PayloadUnitBytes = 25 * 1024;
}
