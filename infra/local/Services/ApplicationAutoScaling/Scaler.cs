using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Changes capacities, by schedule and by alarms, and notes what it did.</summary>
internal sealed class Scaler(ServiceContext context, Func<Monitor<ScalingState, ScalingEffect>> state, string region)
{
    /// <summary>Performs what the state decided.</summary>
    public void Perform(ScalingEffect effect)
    {
        switch (effect)
        {
            case KeepInBounds bounds:
                Keep(bounds);
                break;
            case DeleteAlarms over:
                context.Directory.Of<IAlarms>(over.Policy.HighAlarm)?.Delete(over.Policy.HighAlarm);
                context.Directory.Of<IAlarms>(over.Policy.LowAlarm)?.Delete(over.Policy.LowAlarm);
                break;
        }
    }

    /// <summary>An alarm of a policy is in ALARM, now or still.</summary>
    public void Act(ScalingPolicy policy, AlarmStateChange change)
    {
        if (change.NewState != AlarmState.Alarm || change.Value is not { } value) return;
        var key = policy.Key;
        var alarm = change.Alarm.Alarm;
        var scalesOut = alarm == policy.HighAlarm;
        var tracking = policy.Tracking;
        var cooldown = scalesOut ? tracking.ScaleOutCooldown : tracking.ScaleInCooldown;
        if (!scalesOut && tracking.DisableScaleIn) return;
        var (least, most, isSuspended, scaledAt) = state().Ask((scaling, _) => scaling.Find(key) is { } target
            ? (target.MinCapacity, target.MaxCapacity,
                scalesOut ? target.Suspended.ScalingOut : target.Suspended.ScalingIn, target.ScaledAt)
            : (0, 0, true, null));
        // What was measured before the latest change says nothing of the capacity since. The change comes some
        // milliseconds after the end of a period; the next period counts.
        if (isSuspended || change.Time < scaledAt + cooldown || change.ValueEnd < scaledAt + (ScalingLimits.Period / 2)
            || Of(key) is not { } scalable) return;
        if (scalable.CapacityOf(Resource(key)) is not { } current) return;
        var desired = Math.Clamp(policy.Desired(current, value), least, most);
        if (scalesOut ? desired <= current : desired >= current) return;
        Set(scalable, key, desired,
            $"monitor alarm {change.Alarm.Definition.Name} in state ALARM triggered policy {policy.Name}");
        state().Post((scaling, now) =>
        {
            if (scaling.Find(key) is { } target) target.ScaledAt = now;
        });
    }

    private void Keep(KeepInBounds bounds)
    {
        if (Of(bounds.Key) is not { } scalable
            || scalable.CapacityOf(Resource(bounds.Key)) is not { } current) return;
        if (current < bounds.MinCapacity)
            Set(scalable, bounds.Key, bounds.MinCapacity, $"minimum capacity was set to {bounds.MinCapacity}");
        else if (current > bounds.MaxCapacity)
            Set(scalable, bounds.Key, bounds.MaxCapacity, $"maximum capacity was set to {bounds.MaxCapacity}");
    }

    private void Set(IScalable scalable, ScalingKey key, int capacity, string cause)
    {
        var (status, message) = ("Successful",
            $"Successfully set desired capacity to {capacity}. Change successfully fulfilled by {key.Namespace}.");
        try
        {
            scalable.SetCapacity(Resource(key), capacity);
        }
        catch (AwsException e)
        {
            (status, message) = ("Failed", $"Failed to set desired capacity to {capacity}. Reason: {e.Message}");
        }

        var id = context.Identifiers.NewGuid().ToString();
        state().Post((scaling, now) => scaling.Note(new ScalingActivity(
            id, key, $"Setting desired capacity to {capacity}.", cause, now, status, message)));
        context.Journal.Record(new CapacityChanged(key.ResourceId, key.Dimension, capacity, cause, status));
    }

    private IScalable? Of(ScalingKey key) => context.Directory.Of<IScalable>(Resource(key));

    private Arn Resource(ScalingKey key) => key.ResourceArn(region, context.AccountId);
}
