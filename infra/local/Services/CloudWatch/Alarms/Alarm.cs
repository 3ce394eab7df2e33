using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Data;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>One line of an alarm's history.</summary>
/// <param name="Type"><c>ConfigurationUpdate</c>, <c>StateUpdate</c> or <c>Action</c>.</param>
internal sealed record AlarmHistoryEntry(
    string AlarmName, DateTimeOffset Time, string Type, string Summary, string Data);

/// <summary>A metric alarm. Owned by the monitor of its Region's <see cref="AlarmBook"/>.</summary>
internal sealed class Alarm(Arn arn, AlarmDefinition definition, DateTimeOffset created) : IDisposable
{
    public Arn Arn => arn;

    public AlarmDefinition Definition { get; set; } = definition;

    public DateTimeOffset ConfigurationUpdated { get; set; } = created;

    public AlarmState State { get; set; } = AlarmState.InsufficientData;

    public string Reason { get; set; } = AlarmTexts.Created;

    public string? ReasonData { get; set; }

    public DateTimeOffset StateUpdated { get; set; } = created;

    public DateTimeOffset StateTransitioned { get; set; } = created;

    /// <summary>When its actions were last performed, for those that repeat.</summary>
    public DateTimeOffset LastActed { get; set; } = created;

    /// <summary>Tells of new data; set when the alarm enters the book, and anew for another metric.</summary>
    public Watch? Watch { get; set; }

    /// <summary>When the alarm is looked at next. It is passive: nobody waits for an evaluation.</summary>
    public ServiceTimer? Timer { get; set; }

    public AlarmStatus Status => new(Arn, Definition, State, Reason, StateUpdated);

    public void Dispose() => Timer?.Dispose();
}

/// <summary>An alarm as a reader sees it, with everything that DescribeAlarms shows.</summary>
internal sealed record AlarmView(
    AlarmStatus Status, DateTimeOffset ConfigurationUpdated, string? ReasonData, DateTimeOffset StateTransitioned)
{
    public static AlarmView Of(Alarm alarm) =>
        new(alarm.Status, alarm.ConfigurationUpdated, alarm.ReasonData, alarm.StateTransitioned);
}
