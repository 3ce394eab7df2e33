namespace Isobar.Local.Costs;

/// <summary>What AWS counts and charges for; <see cref="Prices"/> has the price of each.</summary>
internal enum Meter
{
    /// <summary>Invocations, each attempt of an asynchronous event among them.</summary>
    LambdaRequests,

    /// <summary>Memory in GB (of 1,024 MB) times billed seconds, on x86_64.</summary>
    LambdaGigabyteSeconds,

    /// <summary>The same on arm64.</summary>
    LambdaArmGigabyteSeconds,

    /// <summary>Memory of provisioned environments in GB times the seconds for which they are kept.</summary>
    LambdaProvisionedGigabyteSeconds,

    /// <summary>Memory in GB times billed seconds, in provisioned environments.</summary>
    LambdaProvisionedDurationGigabyteSeconds,

    /// <summary>Invocations at CloudFront's edge.</summary>
    EdgeRequests,

    /// <summary>Memory in GB times billed seconds, at CloudFront's edge.</summary>
    EdgeGigabyteSeconds,

    /// <summary>PUT, COPY, POST and LIST.</summary>
    StorageWrites,

    /// <summary>GET, HEAD and all other requests but DELETE, which is free.</summary>
    StorageReads,

    /// <summary>Requests to standard queues, by 64 KB.</summary>
    QueueRequests,

    /// <summary>Requests to FIFO queues, by 64 KB.</summary>
    FifoQueueRequests,

    /// <summary>Requests to standard topics, by 64 KB; deliveries to queues and functions are free.</summary>
    TopicRequests,

    /// <summary>Events that were put on buses by customers, by 64 KB.</summary>
    BusEvents,

    /// <summary>Calls of REST APIs, except those that authorization refused.</summary>
    ApiRequests,

    /// <summary>One for each KB that an item has, in tables that are billed by request.</summary>
    TableWriteUnits,

    /// <summary>One for each 4 KB that is read; half of it where the read is eventually consistent.</summary>
    TableReadUnits,

    /// <summary>GB of log events, with 26 bytes for each event.</summary>
    LogGigabytes,

    /// <summary>Requests of viewers over HTTPS.</summary>
    ViewerRequests,

    /// <summary>GB sent to viewers by CloudFront.</summary>
    ViewerGigabytes,

    /// <summary>Paths that CloudFront was told to invalidate; one with a wildcard is one.</summary>
    InvalidationPaths,

    StorageGigabyteMonths,

    TableGigabyteMonths,

    /// <summary>GB of point-in-time recovery of tables, for a month.</summary>
    TableRecoveryGigabyteMonths,

    LogGigabyteMonths,

    /// <summary>One combination of a metric's name and dimensions that had a value in every hour of a month.</summary>
    MetricMonths,

    /// <summary>One standard metric that an alarm watches, for a month.</summary>
    AlarmMonths,

    DashboardMonths,

    /// <summary>Open shards of provisioned streams, times the hours for which they are kept.</summary>
    ShardHours,

    /// <summary>Records put into provisioned streams, one for each 25 KB that a record begins.</summary>
    StreamPayloadUnits,

    /// <summary>On-demand streams, times the hours for which they are kept.</summary>
    StreamHours,

    /// <summary>GB put into on-demand streams.</summary>
    StreamGigabytesIn,

    /// <summary>GB read from on-demand streams.</summary>
    StreamGigabytesOut,

    /// <summary>Requests to KMS, those that other services make for a caller among them.</summary>
    KeyRequests,

    /// <summary>Requests to Secrets Manager.</summary>
    SecretRequests,

    /// <summary>One secret, for a month.</summary>
    SecretMonths,

    /// <summary>A customer's own key, for a month; AWS's own keys cost nothing.</summary>
    KeyMonths,
}
