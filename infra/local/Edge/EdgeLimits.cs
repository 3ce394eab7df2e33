namespace Isobar.Local.Edge;

/// <summary>Every number of the local distribution.</summary>
/// <remarks>Source, unless said otherwise: Amazon CloudFront Developer Guide, "Quotas".</remarks>
internal static class EdgeLimits
{
    /// <summary>URI and query string together stay below this, in characters.</summary>
    public const int MaxUriCharacters = 8_192;

    /// <summary>Bytes of code in a function's package.</summary>
    public const int MaxPackageBytes = 50 * 1024 * 1024;

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

    /// <summary>Bytes of JSON that a handler may answer with.</summary>
    /// <remarks>Ours: well above every response that CloudFront accepts.</remarks>
    public const int MaxAnswerBytes = 1024 * 1024;

    /// <summary>Characters of a handler's console line that the journal keeps.</summary>
    /// <remarks>Ours.</remarks>
    public const int MaxConsoleCharacters = 2_048;

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
