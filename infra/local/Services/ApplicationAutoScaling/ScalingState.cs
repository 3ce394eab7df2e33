using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>The scalable targets of a Region with their policies and scheduled actions.</summary>
internal sealed class ScalingState(Identifiers identifiers) : IDecidingState<ScalingEffect>, ITimedState
{
    private readonly Dictionary<ScalingKey, ScalableTarget> targets = [];

    public Effects<ScalingEffect> Effects { get; } = new();

    /// <summary>When the next scheduled action happens.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>In the order of their resources.</summary>
    public IEnumerable<ScalableTarget> Targets =>
        targets.Values.OrderBy(target => target.Key.Text, StringComparer.Ordinal);

    public ScalableTarget? Find(ScalingKey key) => targets.GetValueOrDefault(key);

    /// <exception cref="AwsException">ObjectNotFoundException.</exception>
    public ScalableTarget Get(ScalingKey key) => Find(key) ?? throw ScalingErrors.NotRegistered(key);

    /// <summary>The policy that alarms name as their action.</summary>
    public ScalingPolicy? Policy(Arn arn) => targets.Values.SelectMany(target => target.Policies.Values)
        .FirstOrDefault(policy => policy.Arn == arn);

    /// <summary>Registers a target, or changes what is said of it.</summary>
    /// <exception cref="AwsException">ValidationException; LimitExceededException.</exception>
    public ScalableTarget Register(ScalingKey key, TargetSettings settings, Arn newArn, DateTimeOffset now)
    {
        var target = Find(key);
        if (target is null && (settings.MinCapacity is null || settings.MaxCapacity is null))
            throw ScalingErrors.Validation("Both min capacity and max capacity must be specified for a new target.");
        var (least, most) = (settings.MinCapacity ?? target!.MinCapacity, settings.MaxCapacity ?? target!.MaxCapacity);
        if (least < 0 || most < least)
            throw ScalingErrors.Validation("Maximum capacity cannot be less than minimum capacity.");
        if (target is null)
        {
            if (targets.Count == ScalingLimits.MaxTargets)
                throw ScalingErrors.TooMany("scalable target", ScalingLimits.MaxTargets);
            target = targets[key] = new ScalableTarget(key, newArn, now) { RoleArn = settings.RoleArn! };
        }

        (target.MinCapacity, target.MaxCapacity) = (least, most);
        if (settings.Suspended is { } suspended) target.Suspended = suspended;
        Effects.Add(new KeepInBounds(key, least, most));
        return target;
    }

    /// <summary>Removes a target with its policies and scheduled actions; its capacity stays.</summary>
    /// <exception cref="AwsException">ObjectNotFoundException.</exception>
    public void Deregister(ScalingKey key)
    {
        if (!targets.Remove(key, out var target)) throw ScalingErrors.NoTarget(key);
        foreach (var policy in target.Policies.Values) Effects.Add(new DeleteAlarms(policy));
        LookAhead();
    }

    /// <summary>Adds a policy, or changes the one of its name, which keeps its ARN and its alarms.</summary>
    /// <exception cref="AwsException">ObjectNotFoundException; LimitExceededException.</exception>
    public ScalingPolicy Put(ScalingPolicy policy)
    {
        var target = Get(policy.Key);
        if (target.Policies.TryGetValue(policy.Name, out var known))
            policy = known with { Tracking = policy.Tracking };
        else if (target.Policies.Count == ScalingLimits.MaxPolicies)
            throw ScalingErrors.TooMany("scaling policy", ScalingLimits.MaxPolicies);
        return target.Policies[policy.Name] = policy;
    }

    /// <exception cref="AwsException">ObjectNotFoundException.</exception>
    public void DeletePolicy(ScalingKey key, string name)
    {
        if (Find(key)?.Policies.Remove(name, out var policy) is not true) throw ScalingErrors.NoPolicy(key, name);
        Effects.Add(new DeleteAlarms(policy));
    }

    /// <summary>Adds a scheduled action, or changes the one of its name.</summary>
    /// <exception cref="AwsException">ObjectNotFoundException; LimitExceededException.</exception>
    public void Put(ScheduledAction action, DateTimeOffset now)
    {
        var target = Get(action.Key);
        if (!target.Actions.ContainsKey(action.Name) && target.Actions.Count == ScalingLimits.MaxScheduledActions)
            throw ScalingErrors.TooMany("scheduled action", ScalingLimits.MaxScheduledActions);
        target.Actions[action.Name] = action with { Next = action.After(now) };
        LookAhead();
    }

    /// <exception cref="AwsException">ObjectNotFoundException.</exception>
    public void DeleteAction(ScalingKey key, string name)
    {
        if (Find(key)?.Actions.Remove(name) is not true) throw ScalingErrors.NoAction(key, name);
        LookAhead();
    }

    /// <summary>What was done to a target, or could not be.</summary>
    public void Note(ScalingActivity activity) => Find(activity.Key)?.Note(activity);

    public void OnDue(DateTimeOffset now)
    {
        foreach (var target in targets.Values)
        {
            foreach (var action in target.Actions.Values.Where(action => action.Next <= now).ToArray())
            {
                var next = action with { Next = action.After(now) };
                if (action.Schedule.IsOnce) target.Actions.Remove(action.Name);
                else target.Actions[action.Name] = next;
                if (!target.Suspended.Schedules) Happen(target, action, now);
            }
        }

        LookAhead();
    }

    private void Happen(ScalableTarget target, ScheduledAction action, DateTimeOffset now)
    {
        var (least, most) = (action.MinCapacity ?? target.MinCapacity, action.MaxCapacity ?? target.MaxCapacity);
        var isValid = least <= most;
        var said = (action.MinCapacity, action.MaxCapacity) switch
        {
            (not null, not null) => $"min capacity to {least} and max capacity to {most}",
            (not null, null) => $"min capacity to {least}",
            _ => $"max capacity to {most}",
        };
        target.Note(new ScalingActivity(
            identifiers.NewGuid().ToString(), target.Key, $"Setting {said}",
            $"scheduled action name {action.Name} was triggered", now, isValid ? "Successful" : "Failed",
            isValid ? $"Successfully set {said}" : "Maximum capacity cannot be less than minimum capacity."));
        if (!isValid) return;
        (target.MinCapacity, target.MaxCapacity) = (least, most);
        Effects.Add(new KeepInBounds(target.Key, least, most));
    }

    private void LookAhead()
    {
        NextDue = null;
        foreach (var target in targets.Values)
        {
            foreach (var action in target.Actions.Values)
                if (action.Next is { } next && !(NextDue <= next)) NextDue = next;
        }
    }
}

/// <summary>What a caller says of a scalable target; null for what stays.</summary>
internal sealed record TargetSettings(int? MinCapacity, int? MaxCapacity, string? RoleArn, Suspension? Suspended);
