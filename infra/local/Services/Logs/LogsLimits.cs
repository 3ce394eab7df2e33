namespace Isobar.Local.Services.Logs;

/// <summary>The service's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: Amazon CloudWatch Logs User Guide, "CloudWatch Logs quotas", and the API
/// Reference of the operation.
/// </remarks>
internal static class LogsLimits
{
    /// <summary>Ours: room for a full batch of PutLogEvents in which every byte is escaped as six characters.</summary>
    public const long MaxRequestBytes = 8 << 20;

    /// <summary>Ours: log groups in a Region; AWS has 1,000,000.</summary>
    public const int MaxGroups = 10_000;

    /// <summary>Ours: streams in a group, of which AWS has no limit. The one unused for longest goes first.</summary>
    public const int MaxStreams = 10_000;

    /// <summary>Ours: memory for the events of a group. The oldest events go first.</summary>
    public const long MaxGroupBytes = 16 << 20;

    /// <summary>Ours: memory for all events of a Region. The oldest events go first.</summary>
    public const long MaxRegionBytes = 64 << 20;

    /// <summary>Characters of the name of a group or a stream.</summary>
    public const int MaxNameCharacters = 512;

    /// <summary>Characters of a group's name or ARN where either is taken.</summary>
    public const int MaxIdentifierCharacters = 2_048;

    /// <summary>Tags of a group.</summary>
    public const int MaxTags = 50;

    /// <summary>Characters of a tag's key.</summary>
    public const int MaxTagKeyCharacters = 128;

    /// <summary>Characters of a tag's value.</summary>
    public const int MaxTagValueCharacters = 256;

    /// <summary>Groups or streams that one answer lists.</summary>
    public const int MaxDescribed = 50;

    /// <summary>Events of a batch, and of one answer.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>UTF-8 bytes of a batch or an answer, with <see cref="EventOverheadBytes"/> for each event.</summary>
    public const int MaxBatchBytes = 1_048_576;

    /// <summary>UTF-8 bytes of an event, with <see cref="EventOverheadBytes"/>.</summary>
    public const int MaxEventBytes = 1_048_576;

    /// <summary>What each event counts beside its message, in bytes.</summary>
    public const int EventOverheadBytes = 26;

    /// <summary>Stream names that FilterLogEvents takes.</summary>
    public const int MaxStreamNames = 100;

    /// <summary>Characters of a filter pattern.</summary>
    public const int MaxPatternCharacters = 1_024;

    /// <summary>Regular expressions in a filter pattern.</summary>
    public const int MaxRegularExpressions = 2;

    /// <summary>Messages that TestMetricFilter takes.</summary>
    public const int MaxTestMessages = 50;

    /// <summary>Groups of a live tail session.</summary>
    public const int MaxLiveGroups = 10;

    /// <summary>Live tail sessions at a time in a Region.</summary>
    public const int MaxLiveSessions = 15;

    /// <summary>Events that are kept for a live tail session which is read slowly; then the oldest are lost.</summary>
    public const int MaxLiveEvents = 5_000;

    /// <summary>Events of an update of a live tail session.</summary>
    public const int MaxLiveUpdate = 500;

    /// <summary>The time between two updates of a live tail session.</summary>
    public static readonly TimeSpan LiveUpdatePeriod = TimeSpan.FromSeconds(1);

    /// <summary>How long a live tail session may be open.</summary>
    public static readonly TimeSpan MaxLiveSession = TimeSpan.FromHours(3);

    /// <summary>How old an event may be when it is put.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>How far in the future an event may be when it is put.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);

    /// <summary>The time from the first to the last event of a batch.</summary>
    public static readonly TimeSpan MaxBatchSpan = TimeSpan.FromHours(24);

    /// <summary>How long a page's token can be used.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);

    /// <summary>The values that a retention can have, in days.</summary>
    /// <remarks>Source: API Reference, PutRetentionPolicy, retentionInDays.</remarks>
    public static readonly IReadOnlyList<int> RetentionDays =
    [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
    ];
}
