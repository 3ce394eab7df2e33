namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Changes the bounds of a scalable target at certain times.</summary>
/// <param name="StartTime">Not before this instant; null from the beginning.</param>
/// <param name="EndTime">Not after this instant; null for ever.</param>
internal sealed record ScheduledAction(
    string Name, ScalingKey Key, Arn Arn, Schedule Schedule, string? TimeZone, DateTimeOffset? StartTime,
    DateTimeOffset? EndTime, int? MinCapacity, int? MaxCapacity, DateTimeOffset CreatedAt)
{
    /// <summary>When it happens next; null when it does not happen again.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>The first time after an instant.</summary>
    public DateTimeOffset? After(DateTimeOffset now)
    {
        // A start time is a time at which it may happen.
        var from = StartTime > now ? StartTime.Value.AddTicks(-1) : now;
        var next = Schedule.Next(StartTime ?? CreatedAt, from);
        return next > EndTime ? null : next;
    }
}
