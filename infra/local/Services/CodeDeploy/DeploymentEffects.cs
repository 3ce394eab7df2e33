using System.Collections.Concurrent;
using System.Text.Json;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>Performs what the state decides, and tells it what came of it.</summary>
/// <param name="post">Sends a message to the state's monitor.</param>
internal sealed class DeploymentEffects(
    ServiceDirectory directory, Journal journal, Action<Action<CodeDeployState, DateTimeOffset>> post) : IDisposable
{
    // Those who wait, by deployment: no more than there are deployments under way.
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> waiting = new(StringComparer.Ordinal);
    private IDisposable? watch;

    /// <summary>Registers somebody who waits for the end of a deployment that does not exist yet.</summary>
    /// <returns>Why it failed; null when it succeeded.</returns>
    public Task<string?> EndOf(string deploymentId) => waiting.GetOrAdd(
        deploymentId, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Dispose() => watch?.Dispose();

    public void Forget(string deploymentId) => waiting.TryRemove(deploymentId, out _);

    public void Perform(CodeDeployEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case Look look:
                var found = Observe(look);
                post((state, now) => state.Looked(look.DeploymentId, found, now));
                break;
            case Shift shift:
                PerformShift(shift);
                break;
            case InvokeHook hook:
                ThreadPool.UnsafeQueueUserWorkItem(static async work =>
                {
                    using (work.Lease) await work.Owner.InvokeAsync(work.Hook);
                }, (Owner: this, Hook: hook, Lease: lease.TakeOver()), preferLocal: false);
                break;
            case ReportEnd end:
                journal.Record(end.Fact);
                if (waiting.TryRemove(end.Fact.RequestId, out var waiter)) waiter.SetResult(end.Failure);
                break;
        }
    }

    private Observation Observe(Look look)
    {
        var (active, unknown) = (new List<string>(), new List<string>());
        // First, so that no change of an alarm falls between the look and the watch.
        if (look.Alarms.Watched.Count > 0) Watch(look.Alias);
        foreach (var name in look.Alarms.Watched)
        {
            var alarm = AlarmArn.Of(name, look.Alias);
            if (directory.Of<IAlarms>(alarm)?.Find(alarm) is not { } status) unknown.Add(name);
            else if (status.State == AlarmState.Alarm) active.Add(name);
        }

        return new Observation(
            directory.Of<ITrafficAliases>(look.Alias)?.Find(look.Alias), active, unknown);
    }

    /// <summary>Alarms are watched from the first deployment that has one. Effects are performed one at a time.
    /// </summary>
    private void Watch(Arn beside) => watch ??= directory.Of<IAlarms>(AlarmArn.Of("", beside))?.Watch(change =>
    {
        if (change.NewState == AlarmState.Alarm && change.OldState != AlarmState.Alarm
            && change.Alarm.Alarm.Region == beside.Region)
            post((state, now) => state.Alarmed(AlarmArn.NameOf(change.Alarm.Alarm), now));
    });

    private void PerformShift(Shift shift)
    {
        try
        {
            if (directory.Of<ITrafficAliases>(shift.Alias) is not { } aliases)
                throw new AwsException("ResourceNotFoundException", "Nothing here has such aliases.", 404);
            aliases.Route(shift.Alias, shift.Routing);
        }
        catch (AwsException e)
        {
            post((state, now) => state.Refused(shift.DeploymentId, DeploymentError.NotRouted(e.Message), now));
            return;
        }

        journal.Record(shift.Fact);
        post((state, now) => state.Shifted(shift.DeploymentId, now));
    }

    private async Task InvokeAsync(InvokeHook hook)
    {
        var reason = await InvokeAsync(hook.Function, Event(hook), hook.Group);
        if (reason is null) return;
        post((state, now) => state.Refused(
            hook.DeploymentId, DeploymentError.HookNotInvoked(hook.Event, reason), now));
    }

    private async Task<string?> InvokeAsync(Arn function, byte[] payload, Arn group)
    {
        try
        {
            if (directory.Find<ITarget>(function) is not { } target) return $"there is no function {function}.";
            await target.DeliverAsync(function, new TargetEvent(
                payload, new DeliverySource("codedeploy.amazonaws.com", group.ToString(), group.AccountId)),
                CancellationToken.None);
            return null;
        }
        catch (AwsException e)
        {
            return e.Message;
        }
    }

    /// <remarks>Recorded: these two members and no other.</remarks>
    private static byte[] Event(InvokeHook hook) => JsonSerializer.SerializeToUtf8Bytes(
        new HookEvent(hook.DeploymentId, hook.ExecutionId), CodeDeployJson.Hooks.HookEvent);
}

/// <summary>What a validation function is invoked with.</summary>
internal sealed record HookEvent(string DeploymentId, string LifecycleEventHookExecutionId);
