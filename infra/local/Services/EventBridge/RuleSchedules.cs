namespace Isobar.Local.Services.EventBridge;

/// <summary>When the scheduled rules of a bus fire next; a part of the state.</summary>
internal sealed class RuleSchedules
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    // By name where two are due at one instant.
    private readonly SortedSet<(DateTimeOffset Due, string Rule)> agenda = [];

    public DateTimeOffset? NextDue => agenda.Count == 0 ? null : agenda.Min.Due;

    /// <summary>
    /// A rule was made or changed: a rate counts from when the rule got it, or was enabled.
    /// </summary>
    public void Set(Rule rule, DateTimeOffset now)
    {
        if (rule is not { Schedule: { } schedule, IsEnabled: true })
        {
            Remove(rule.Name);
            return;
        }

        if (entries.TryGetValue(rule.Name, out var known) && known.Schedule.Text == schedule.Text) return;
        Remove(rule.Name);
        Enter(rule.Name, new Entry(schedule, now), now);
    }

    public void Remove(string rule)
    {
        if (entries.Remove(rule, out var entry) && entry.Next is { } next) agenda.Remove((next, rule));
    }

    /// <summary>Takes the next time of the rule that is due first, and moves that rule on.</summary>
    /// <returns>Null when none is due.</returns>
    public (string Rule, DateTimeOffset Due)? TakeDue(DateTimeOffset now)
    {
        if (NextDue is not { } due || due > now) return null;
        var (_, rule) = agenda.Min;
        MoveOn(rule, due);
        return (rule, due);
    }

    /// <summary>Passes the times of a rule by, up to an instant.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Skip(string rule, DateTimeOffset now)
    {
        if (entries[rule].Next is not { } next || next > now) return false;
        MoveOn(rule, now);
        return true;
    }

    private void MoveOn(string rule, DateTimeOffset after)
    {
        var entry = entries[rule];
        agenda.Remove((entry.Next!.Value, rule));
        Enter(rule, entry, after);
    }

    private void Enter(string rule, Entry entry, DateTimeOffset after)
    {
        var next = entry.Schedule.Next(entry.Origin, after);
        entries[rule] = entry with { Next = next };
        if (next is { } due) agenda.Add((due, rule));
    }

    private sealed record Entry(Schedule Schedule, DateTimeOffset Origin)
    {
        /// <summary>Null when it does not fire again.</summary>
        public DateTimeOffset? Next { get; init; }
    }
}
