namespace Isobar.Local.Services.S3;

/// <summary>Every number of S3. Source, where nothing else is said: Amazon S3 User Guide, "Amazon S3 quotas" and
/// "Amazon S3 multipart upload limits".</summary>
internal sealed record S3Limits
{
    /// <summary>Bytes of one PutObject, UploadPart or CopyObject: 5 GiB.</summary>
    public const long MaxPutBytes = 5L * 1024 * 1024 * 1024;

    /// <summary>Bytes of a request: the largest object in aws-chunked framing, with room to spare.</summary>
    public const long MaxRequestBytes = MaxPutBytes + 512L * 1024 * 1024;

    /// <summary>Bytes of a key in UTF-8.</summary>
    public const int MaxKeyBytes = 1_024;

    /// <summary>Bytes of all names and values of user metadata.</summary>
    public const int MaxMetadataBytes = 2_048;

    /// <summary>Bytes of an XML request body; a DeleteObjects request of 1,000 long keys stays below it.</summary>
    public const int MaxDocumentBytes = 2 * 1024 * 1024;

    public const int MaxBuckets = 10_000;

    /// <summary>Entries in one page of a listing, and keys in one DeleteObjects.</summary>
    public const int MaxPage = 1_000;

    /// <summary>Part numbers run from 1 to this.</summary>
    public const int MaxPartNumber = 10_000;

    /// <summary>Bytes that every part but the last must have: 5 MiB.</summary>
    public const long MinPartBytes = 5L * 1024 * 1024;

    /// <summary>Multipart uploads under way in a bucket. Ours: AWS has no such limit.</summary>
    public const int MaxUploadsPerBucket = 1_000;

    /// <summary>Notification configurations of a bucket.</summary>
    /// <remarks>Source: Amazon S3 User Guide, "Amazon S3 Event Notifications".</remarks>
    public const int MaxNotificationRules = 100;

    /// <summary>The longest life of a presigned URL: 7 days.</summary>
    /// <remarks>Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".</remarks>
    public static readonly TimeSpan MaxPresignedLife = TimeSpan.FromDays(7);

    /// <summary>How far ahead of real time a presigned URL may be dated.</summary>
    public static readonly TimeSpan MaxPresignedSkew = TimeSpan.FromMinutes(15);

    /// <summary>A body of at most so many bytes stays in memory.</summary>
    public int MaxInMemoryBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of all bodies in memory; past it small bodies go to files as well.</summary>
    public long MaxTotalInMemoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes of everything stored; past it writes answer 503 SlowDown. Ours: AWS has no such limit.</summary>
    public long MaxTotalBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Object versions of all buckets; past it writes answer 503 SlowDown. Ours.</summary>
    public int MaxVersions { get; init; } = 1_000_000;

    /// <summary>Events that wait for their delivery; past it writes that cause one answer 503 SlowDown. Ours.</summary>
    public int MaxPendingEvents { get; init; } = 10_000;

    /// <summary>How often an event is offered to its target before it is dropped. Ours: AWS publishes no
    /// number.</summary>
    public int MaxDeliveryAttempts { get; init; } = 10;

    /// <summary>Deliveries under way at a time. Ours.</summary>
    public int DeliveriesUnderWay { get; init; } = 16;
}
