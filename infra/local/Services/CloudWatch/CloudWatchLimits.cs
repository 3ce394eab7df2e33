namespace Isobar.Local.Services.CloudWatch;

/// <summary>CloudWatch's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: Amazon CloudWatch User Guide, "CloudWatch service quotas", and the API
/// Reference of the operation.
/// </remarks>
internal sealed record CloudWatchLimits
{
    /// <summary>Bytes of a request, compressed or not.</summary>
    public const long MaxRequestBytes = 1_048_576;

    /// <summary>Characters of a namespace, a metric's name and a dimension's name.</summary>
    public const int MaxNameCharacters = 255;

    /// <summary>Characters of a dimension's value.</summary>
    public const int MaxDimensionValueCharacters = 1_024;

    /// <summary>Dimensions of a metric.</summary>
    public const int MaxDimensions = 30;

    /// <summary>Metrics of a PutMetricData.</summary>
    public const int MaxDataInPut = 1_000;

    /// <summary>Values and counts of one datum.</summary>
    public const int MaxValuesInDatum = 150;

    /// <summary>The largest magnitude of a value; smaller ones than 2 to the power of -360 are zero.</summary>
    /// <remarks>Source: Amazon CloudWatch API Reference, MetricDatum.</remarks>
    public const double MaxValue = 2.348542582773833e108;

    /// <summary>How old a datum may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>How far ahead of the clock a datum may be.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);

    /// <summary>Datapoints of a GetMetricStatistics.</summary>
    public const int MaxStatisticsDatapoints = 1_440;

    /// <summary>Queries of a GetMetricData.</summary>
    public const int MaxQueries = 500;

    /// <summary>Datapoints of one answer of GetMetricData.</summary>
    public const int MaxDatapoints = 100_800;

    /// <summary>Metrics of one answer of ListMetrics.</summary>
    public const int MaxListed = 500;

    /// <summary>Alarms of a Region.</summary>
    public const int MaxAlarms = 5_000;

    /// <summary>The longest time that an alarm may look at with periods of an hour or more.</summary>
    public static readonly TimeSpan MaxEvaluationTime = TimeSpan.FromDays(7);

    /// <summary>The longest time that an alarm may look at with shorter periods.</summary>
    public static readonly TimeSpan MaxShortEvaluationTime = TimeSpan.FromDays(1);

    /// <summary>Actions for each state.</summary>
    public const int MaxActions = 5;

    /// <summary>Tags of an alarm or dashboard.</summary>
    public const int MaxTags = 50;

    /// <summary>How long an alarm's history is kept.</summary>
    public static readonly TimeSpan HistoryAge = TimeSpan.FromDays(30);

    /// <summary>Entries of an alarm's history that are kept. Ours; AWS keeps all of <see cref="HistoryAge"/>.</summary>
    public const int MaxHistory = 500;

    /// <summary>Dashboards of a Region. Ours; AWS has no limit that is published.</summary>
    public const int MaxDashboards = 500;

    /// <summary>Bytes of a dashboard's body. Source: Amazon CloudWatch API Reference, PutDashboard.</summary>
    public const int MaxDashboardBytes = 1_048_576;

    /// <summary>Widgets of a dashboard.</summary>
    public const int MaxWidgets = 500;

    /// <summary>
    /// Metrics that are kept in a Region. Ours: past it, those make room whose newest datum is oldest, a hundredth of
    /// all at a time.
    /// </summary>
    public int MaxMetrics { get; init; } = 10_000;

    /// <summary>
    /// Values that are kept in a Region, over all metrics and datapoints; one takes about 20 bytes. Ours: past it, the
    /// oldest tenth of all datapoints is dropped.
    /// </summary>
    public int MaxValues { get; init; } = 2_000_000;

    /// <summary>
    /// How long datapoints of a minute are kept. AWS then keeps sums of 5 minutes and of an hour for 63 and 455 days;
    /// nothing older than this is kept here.
    /// </summary>
    public TimeSpan MinuteAge { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How long datapoints of less than a minute are kept; their minutes are kept longer.</summary>
    public TimeSpan SecondAge { get; init; } = TimeSpan.FromHours(3);
}
