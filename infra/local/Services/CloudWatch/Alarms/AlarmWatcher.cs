using System.Text;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Data;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Alarms;

/// <summary>
/// Evaluates alarms on the service clock and performs their actions. An alarm is looked at when a period ends in which
/// its metric had data, and then at each period's end until there are no data in its range and its state is the one
/// that an alarm without data has. So an alarm at rest has no timer, and a jump of the clock passes each period of one
/// that is not.
/// </summary>
internal sealed class AlarmWatcher : IDisposable
{
    private readonly ServiceContext context;
    private readonly MetricStores stores;
    private readonly Regional<Monitor<AlarmBook, AlarmEffect>> books;
    private readonly Monitor<List<Action<AlarmStateChange>>> listeners;
    private readonly CancellationTokenSource stopping = new();

    public AlarmWatcher(ServiceContext context, MetricStores stores, int maxAlarms = CloudWatchLimits.MaxAlarms)
    {
        (this.context, this.stores) = (context, stores);
        listeners = new Monitor<List<Action<AlarmStateChange>>>("alarm listeners", [], context.Clock);
        books = new Regional<Monitor<AlarmBook, AlarmEffect>>(region => new Monitor<AlarmBook, AlarmEffect>(
            "alarms", new AlarmBook(maxAlarms), context.Clock, (effect, lease) => Perform(region, effect, lease)));
    }

    public Monitor<AlarmBook, AlarmEffect> In(string region) => books.In(region);

    /// <summary>The alarms of a Region that was used before; null for none.</summary>
    public Monitor<AlarmBook, AlarmEffect>? Find(string region) => books.Find(region);

    /// <summary>Tells of every change of a state from now on, until the result is disposed.</summary>
    public IDisposable Watch(Action<AlarmStateChange> listener)
    {
        listeners.Post((all, _) => all.Add(listener));
        return new Listening(this, listener);
    }

    public void Dispose()
    {
        stopping.Cancel();
        foreach (var book in books.All) book.Post((state, _) =>
        {
            foreach (var alarm in state.All) alarm.Dispose();
        });
        books.Dispose();
        listeners.Dispose();
        stopping.Dispose();
    }

    private void Perform(string region, AlarmEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case BeginWatch begin:
                Begin(region, begin.Alarm);
                break;
            case EndWatch end:
                var watch = end.Alarm.Watch;
                end.Alarm.Timer?.Cancel();
                if (watch is not null) stores.Post(region, store => store.Remove(watch));
                break;
            case AnnounceChange announce:
                Announce(region, announce, lease);
                break;
        }
    }

    private void Begin(string region, Alarm alarm)
    {
        var timer = alarm.Timer ??= context.Clock.CreatePassiveTimer(
            $"alarm {alarm.Definition.Name}", () => Evaluate(region, alarm));
        var period = alarm.Definition.Period;
        var watch = alarm.Watch = new Watch(alarm.Definition.Metric, () => timer.FireAt(EndOf(period)));
        stores.Post(region, store => store.Add(watch));
        timer.FireAt(EndOf(period));
    }

    private void Evaluate(string region, Alarm alarm)
    {
        var (definition, watch) = In(region).Ask((_, _) => (alarm.Definition, alarm.Watch));
        var period = (int)definition.Period.TotalSeconds;
        var end = context.Clock.GetUtcNow().ToUnixTimeSeconds();
        end -= end % period;
        var looked = stores.Ask(region, store =>
        {
            watch!.Rest();
            return AlarmRules.Look(definition, store.Read(
                definition.Metric, definition.Unit, end - (AlarmRules.Range(definition) * period), end, period), end);
        });
        var verdict = AlarmRules.Judge(definition, looked);
        var goesOn = In(region).Ask((state, now) => state.Take(alarm, verdict, now, Repeats));
        if (!goesOn) return;
        // An action that repeats does so each minute, whatever the period.
        var minute = TimeSpan.FromMinutes(1);
        var wait = definition.Period > minute && Repeats(definition, null) ? minute : definition.Period;
        alarm.Timer!.FireAt(EndOf(wait));
    }

    /// <summary>The end of the period that is running now.</summary>
    private DateTimeOffset EndOf(TimeSpan period)
    {
        var now = context.Clock.GetUtcNow();
        return now.AddTicks(period.Ticks - ((now.Ticks - DateTimeOffset.UnixEpoch.Ticks) % period.Ticks));
    }

    private bool Repeats(AlarmDefinition alarm, AlarmState state) => Repeats(alarm, (AlarmState?)state);

    private bool Repeats(AlarmDefinition alarm, AlarmState? state) => (state is { } one
            ? ActionsOf(alarm, one)
            : alarm.AlarmActions.Concat(alarm.OkActions).Concat(alarm.InsufficientDataActions))
        .Any(action => Arn.TryParse(action) is { } arn && context.Directory.Of<IAlarmAction>(arn) is { Repeats: true });

    private static IReadOnlyList<string> ActionsOf(AlarmDefinition alarm, AlarmState state) => state switch
    {
        AlarmState.Alarm => alarm.AlarmActions,
        AlarmState.Ok => alarm.OkActions,
        _ => alarm.InsufficientDataActions,
    };

    private void Announce(string region, AnnounceChange announce, Activity.Lease lease)
    {
        var (change, definition) = (announce.Change, announce.Change.Alarm.Definition);
        var isRepeated = change.OldState == change.NewState;
        if (!isRepeated)
        {
            context.Journal.Record(new AlarmStateChanged(
                definition.Name, AlarmTexts.Of(change.OldState), AlarmTexts.Of(change.NewState), change.Alarm.Reason));
            foreach (var listener in listeners.Ask((all, _) => all.ToArray())) listener(change);
        }

        if (!definition.ActionsEnabled || ActionsOf(definition, change.NewState) is not { Count: > 0 } actions) return;
        var work = lease.TakeOver();
        ThreadPool.UnsafeQueueUserWorkItem(
            static async at => await at.Watcher.ActAsync(at.Region, at.Alarm, at.Change, at.Actions, at.Work),
            (Watcher: this, Region: region, announce.Alarm, Change: change, Actions: actions, Work: work),
            preferLocal: false);
    }

    private async Task ActAsync(
        string region, Alarm alarm, AlarmStateChange change, IReadOnlyList<string> actions, Activity.Lease work)
    {
        using (work)
        {
            foreach (var action in actions)
            {
                if (stopping.IsCancellationRequested) return;
                var (isDone, error) = await TryActAsync(alarm, action, change);
                if (!isDone) continue;
                if (error is not null)
                    context.Journal.Record(new AlarmActionFailed(alarm.Definition.Name, action, error));
                In(region).Post((state, now) => state.Note(
                    alarm, now, "Action",
                    error is null ? $"Successfully executed action {action}" : $"Failed to execute action {action}",
                    AlarmDocuments.Action(action, change, error)));
            }
        }
    }

    /// <returns>Whether there was anything to do for the action, and why it failed.</returns>
    private async Task<(bool IsDone, string? Error)> TryActAsync(Alarm alarm, string action, AlarmStateChange change)
    {
        var isRepeated = change.OldState == change.NewState;
        try
        {
            if (Arn.TryParse(action) is not { } arn) return (true, "This is no ARN.");
            if (context.Directory.Of<IAlarmAction>(arn) is { } role)
            {
                if (isRepeated && !role.Repeats) return (false, null);
                await role.ActAsync(arn, change, stopping.Token);
                return (true, null);
            }

            if (isRepeated) return (false, null);
            if (context.Directory.Find<ITarget>(arn) is not { } target) return (true, "The resource does not exist.");
            var message = AlarmDocuments.Notification(change, alarm.ConfigurationUpdated).ToJsonString();
            await target.DeliverAsync(arn, new TargetEvent(
                Encoding.UTF8.GetBytes(message),
                new DeliverySource("cloudwatch.amazonaws.com", alarm.Arn.ToString(), alarm.Arn.AccountId))
            {
                Subject = AlarmDocuments.Subject(change),
            }, stopping.Token);
            return (true, null);
        }
        catch (AwsException e)
        {
            return (true, $"{e.Code}: {e.Message}");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return (false, null);
        }
    }

    private sealed class Listening(AlarmWatcher owner, Action<AlarmStateChange> listener) : IDisposable
    {
        public void Dispose() => owner.listeners.Post((all, _) => all.Remove(listener));
    }
}
