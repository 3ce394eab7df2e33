namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>A resource whose capacity is kept between two bounds. Owned by the state's monitor.</summary>
/// <param name="id">34 hexadecimal digits: the end of its ARN.</param>
/// <param name="createdAt">Service time, like every instant here.</param>
internal sealed class ScalableTarget(ScalingKey key, Arn arn, DateTimeOffset createdAt)
{
    private readonly Queue<ScalingActivity> activities = new();

    public ScalingKey Key { get; } = key;

    public Arn Arn { get; } = arn;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public int MinCapacity { get; set; }

    public int MaxCapacity { get; set; }

    public required string RoleArn { get; set; }

    public Suspension Suspended { get; set; } = new(false, false, false);

    /// <summary>When a policy last changed the capacity.</summary>
    public DateTimeOffset? ScaledAt { get; set; }

    /// <summary>By name.</summary>
    public SortedDictionary<string, ScalingPolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public SortedDictionary<string, ScheduledAction> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest ones first.</summary>
    public IEnumerable<ScalingActivity> Activities => activities.Reverse();

    public void Note(ScalingActivity activity)
    {
        if (activities.Count == ScalingLimits.MaxActivities) activities.Dequeue();
        activities.Enqueue(activity);
    }
}

/// <summary>What is not to happen to a scalable target for now.</summary>
internal sealed record Suspension(bool ScalingIn, bool ScalingOut, bool Schedules);

/// <summary>One change of a scalable target or its capacity, done or not.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="StatusCode"><c>Successful</c> or <c>Failed</c>.</param>
internal sealed record ScalingActivity(
    string Id, ScalingKey Key, string Description, string Cause, DateTimeOffset StartTime, string StatusCode,
    string StatusMessage);
