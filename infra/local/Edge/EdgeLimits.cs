namespace Isobar.Local.Edge;

/// <summary>Every number of the local distribution.</summary>
/// <remarks>Source, unless said otherwise: Amazon CloudFront Developer Guide, "Quotas".</remarks>
internal static class EdgeLimits
{
    /// <summary>URI and query string together stay below this, in characters.</summary>
    public const int MaxUriCharacters = 8_192;

    /// <summary>Origins of a distribution.</summary>
    public const int MaxOrigins = 100;

    /// <summary>Cache behaviors of a distribution, with the default one.</summary>
    public const int MaxBehaviors = 75;

    /// <summary>Associations of functions in a distribution.</summary>
    public const int MaxAssociations = 100;

    /// <summary>A function's memory size, in MB.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Lambda quotas"; the next one too.</remarks>
    public const int MaxMemoryMb = 10_240;

    /// <summary>A function's timeout, before an event asks for less.</summary>
    public const int MaxTimeoutSeconds = 900;

    /// <summary>How long an error of the origin is kept, in seconds, unless the origin says longer.</summary>
    /// <remarks>Source: the same guide, "How CloudFront caches HTTP 4xx and 5xx status codes".</remarks>
    public const int ErrorCachingSeconds = 10;

    /// <summary>How long the origin may take to answer.</summary>
    /// <remarks>Source: the same guide, "Response timeout": 30 s unless configured.</remarks>
    public static readonly TimeSpan OriginTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a handler's process may take to be ready.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Lambda execution environment": INIT has 10 s.</remarks>
    public static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Handler processes at a time; each runs one event at a time, as an execution environment does.</summary>
    /// <remarks>Ours: on AWS they share the account's 1,000 of a Region.</remarks>
    public const int MaxProcesses = 4;

    /// <summary>Events that wait for a process; past it a viewer gets 503.</summary>
    /// <remarks>Ours: it takes the part of the quota of concurrent executions.</remarks>
    public const int MaxWaitingEvents = 1_000;

    /// <summary>Processes that end without an answer, one after the other, before no more are started.</summary>
    /// <remarks>Ours: each start costs this machine some 40 ms of its time.</remarks>
    public const int MaxCrashesInARow = 5;

    /// <summary>How long no process is started after that, in service time.</summary>
    /// <remarks>Ours.</remarks>
    public static readonly TimeSpan CrashPause = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of JSON that a handler may answer a viewer event with.</summary>
    /// <remarks>Ours: well above every response that CloudFront accepts; the next one too.</remarks>
    public const int MaxViewerAnswerBytes = 1024 * 1024;

    /// <summary>Bytes of JSON that a handler may answer an origin event with.</summary>
    public const int MaxOriginAnswerBytes = 8 * 1024 * 1024;

    /// <summary>Bytes of a viewer's request body; a longer one is answered with 413.</summary>
    /// <remarks>Ours: it is held in memory. CloudFront takes 20 GB.</remarks>
    public const int MaxRequestBodyBytes = 10 * 1024 * 1024;

    /// <summary>How long after its first line a file of the access log is written, in service time.</summary>
    /// <remarks>Ours: CloudFront writes several times an hour.</remarks>
    public static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(5);

    /// <summary>Lines of a file of the access log; when there are so many it is written at once.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxLogLines = 10_000;

    /// <summary>Characters of a handler's console line that the journal keeps.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxConsoleCharacters = 2_048;

    /// <summary>Paths without a wildcard of the invalidations that are in progress at a time.</summary>
    /// <remarks>Source: the same guide, "Concurrent invalidation request maximum"; the next one too.</remarks>
    public const int MaxInvalidationPaths = 3_000;

    /// <summary>Paths with a wildcard of the invalidations that are in progress at a time.</summary>
    public const int MaxInvalidationWildcards = 15;

    /// <summary>Completed invalidations that are remembered.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxInvalidationsKept = 1_000;

    /// <summary>Bytes of a request to CloudFront's API: 3,000 paths of 4,000 characters, and some.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxApiRequestBytes = 16 * 1024 * 1024;

    /// <summary>Items on a page of a list, and the most that a caller can ask for.</summary>
    /// <remarks>Source: Amazon CloudFront API Reference, ListInvalidations and ListDistributions, MaxItems.</remarks>
    public const int MaxListItems = 100;

    /// <summary>How long an invalidation is in progress, in service time.</summary>
    /// <remarks>Ours: CloudFront, which has hundreds of locations, needs seconds to minutes.</remarks>
    public static readonly TimeSpan InvalidationTime = TimeSpan.FromSeconds(1);

    /// <summary>Objects in the cache; the least recently used goes first.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxCachedObjects = 1_000;

    /// <summary>Bytes of one object that is kept; a larger one passes through.</summary>
    /// <remarks>Ours: CloudFront caches up to 50 GB.</remarks>
    public const int MaxCachedObjectBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of all objects in the cache.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxCacheBytes = 64 * 1024 * 1024;
}
