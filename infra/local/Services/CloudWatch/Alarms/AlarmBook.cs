using Isobar.Local.Ownership;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>What is to be done outside the book's lock.</summary>
internal abstract record AlarmEffect;

/// <summary>Tell of a change, and perform the state's actions.</summary>
internal sealed record AnnounceChange(Alarm Alarm, AlarmStateChange Change) : AlarmEffect;

/// <summary>Watch the metric of an alarm that is new or changed, and look at it at the end of the period.</summary>
internal sealed record BeginWatch(Alarm Alarm) : AlarmEffect;

/// <summary>No longer watch the metric of a deleted alarm.</summary>
internal sealed record EndWatch(Alarm Alarm) : AlarmEffect;

/// <summary>The alarms of one Region and their history.</summary>
/// <param name="maxAlarms">Of the Region.</param>
internal sealed class AlarmBook(int maxAlarms = CloudWatchLimits.MaxAlarms) : IDecidingState<AlarmEffect>
{
    private readonly Dictionary<string, Alarm> alarms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AlarmHistoryEntry>> histories = new(StringComparer.Ordinal);

    public Effects<AlarmEffect> Effects { get; } = new();

    /// <summary>By name.</summary>
    public IEnumerable<Alarm> All => alarms.Values.OrderBy(alarm => alarm.Definition.Name, StringComparer.Ordinal);

    public Alarm? Find(string name) => alarms.GetValueOrDefault(name);

    /// <summary>Makes an alarm, or changes the one with its name, which keeps its state.</summary>
    /// <exception cref="Wire.AwsException">LimitExceeded.</exception>
    public void Put(Arn arn, AlarmDefinition definition, DateTimeOffset now)
    {
        if (alarms.TryGetValue(definition.Name, out var known))
        {
            Effects.Add(new EndWatch(known));
            // An alarm keeps its tags when it is put again. Source: Amazon CloudWatch API Reference, PutMetricAlarm.
            known.Definition = definition with { Tags = known.Definition.Tags };
            known.ConfigurationUpdated = now;
            Note(known, now, "ConfigurationUpdate", $"Alarm \"{definition.Name}\" updated",
                AlarmDocuments.Configuration(known, "Update"));
            Effects.Add(new BeginWatch(known));
            return;
        }

        if (alarms.Count >= maxAlarms) throw CloudWatchErrors.TooManyAlarms();
        var alarm = new Alarm(arn, definition, now);
        alarms.Add(definition.Name, alarm);
        Note(alarm, now, "ConfigurationUpdate", $"Alarm \"{definition.Name}\" created",
            AlarmDocuments.Configuration(alarm, "Create"));
        Effects.Add(new BeginWatch(alarm));
    }

    /// <returns>False when there is no such alarm.</returns>
    public bool Delete(string name, DateTimeOffset now)
    {
        if (!alarms.Remove(name, out var alarm)) return false;
        Note(alarm, now, "ConfigurationUpdate", $"Alarm \"{name}\" deleted",
            AlarmDocuments.Configuration(alarm, "Delete"));
        Effects.Add(new EndWatch(alarm));
        return true;
    }

    /// <summary>Takes the result of an evaluation.</summary>
    /// <param name="mayRepeat">Whether an action of a state is one that repeats.</param>
    /// <returns>
    /// Whether time alone may still change something: else the alarm is looked at when there are new data.
    /// </returns>
    public bool Take(
        Alarm alarm, AlarmVerdict verdict, DateTimeOffset now, Func<AlarmDefinition, AlarmState, bool> mayRepeat)
    {
        if (alarms.GetValueOrDefault(alarm.Definition.Name) != alarm) return false;
        var newest = verdict.Looked.FirstOrDefault(point => point.Value is not null);
        if (verdict.State is { } state && state != alarm.State)
        {
            Change(
                alarm, state, verdict.Reason, AlarmDocuments.ReasonData(alarm.Definition, verdict, now), newest, now);
        }
        else if (alarm.Definition.ActionsEnabled && IsLaterMinute(now, alarm.LastActed)
            && mayRepeat(alarm.Definition, alarm.State))
        {
            alarm.LastActed = now;
            Announce(alarm, alarm.State, newest, now);
        }

        return verdict.Looked.Any(point => point.Value is not null)
            || AlarmRules.WithoutData(alarm.Definition) is { } settled && settled != alarm.State
            || mayRepeat(alarm.Definition, alarm.State);
    }

    /// <summary>Sets a state by hand; the next evaluation may change it back.</summary>
    public void Set(Alarm alarm, AlarmState state, string reason, string? reasonData, DateTimeOffset now)
    {
        if (state != alarm.State) Change(alarm, state, reason, reasonData, default, now);
        else (alarm.Reason, alarm.ReasonData, alarm.StateUpdated) = (reason, reasonData, now);
    }

    /// <summary>The history of one alarm, or of all; oldest first. Deleted alarms have theirs.</summary>
    public IEnumerable<AlarmHistoryEntry> History(string? name, DateTimeOffset now) =>
        (name is null ? histories.Values.SelectMany(one => one) : histories.GetValueOrDefault(name) ?? [])
            .Where(entry => entry.Time > now - CloudWatchLimits.HistoryAge)
            .OrderBy(entry => entry.Time);

    public void Note(Alarm alarm, DateTimeOffset now, string type, string summary, string data)
    {
        var name = alarm.Definition.Name;
        if (!histories.TryGetValue(name, out var entries))
        {
            // Of deleted alarms only: an alarm that exists is in the book.
            if (histories.Count >= 2 * maxAlarms)
                histories.Remove(histories.Keys.First(old => !alarms.ContainsKey(old)));
            histories.Add(name, entries = []);
        }

        if (entries.Count >= CloudWatchLimits.MaxHistory) entries.RemoveAt(0);
        entries.Add(new AlarmHistoryEntry(name, now, type, summary, data));
    }

    // Auto Scaling's actions are performed again once a minute. Source: Amazon CloudWatch User Guide, "Alarm actions".
    // Full minutes are compared: an evaluation is some milliseconds late, more or less than the one before.
    private static bool IsLaterMinute(DateTimeOffset now, DateTimeOffset before) =>
        now.Ticks / TimeSpan.TicksPerMinute > before.Ticks / TimeSpan.TicksPerMinute;

    private void Change(
        Alarm alarm, AlarmState state, string reason, string? reasonData, AlarmDatapoint newest, DateTimeOffset now)
    {
        var (old, oldReason) = (alarm.State, alarm.Reason);
        (alarm.State, alarm.Reason, alarm.ReasonData) = (state, reason, reasonData);
        alarm.StateUpdated = alarm.StateTransitioned = alarm.LastActed = now;
        Note(alarm, now, "StateUpdate",
            $"Alarm updated from {AlarmTexts.Of(old)} to {AlarmTexts.Of(state)}",
            AlarmDocuments.StateUpdate(old, oldReason, alarm));
        Announce(alarm, old, newest, now);
    }

    private void Announce(Alarm alarm, AlarmState old, AlarmDatapoint newest, DateTimeOffset now) =>
        Effects.Add(new AnnounceChange(alarm, new AlarmStateChange(alarm.Status, old, newest.Value, now)
        {
            ValueEnd = newest.Value is null
                ? now
                : DateTimeOffset.FromUnixTimeSeconds(newest.At) + alarm.Definition.Period,
            ReasonData = alarm.ReasonData,
        }));
}
