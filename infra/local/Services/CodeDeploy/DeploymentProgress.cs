using Isobar.Local.Ownership;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>
/// Takes deployments from step to step: the validation function before, the shifts of traffic, the one after. Whatever
/// goes wrong ends it, and sends all traffic back where the group says so.
/// </summary>
/// <remarks>
/// Source: AWS CodeDeploy User Guide, "Deployments on an AWS Lambda compute platform", "Redeploy and roll back a
/// deployment"; the statuses of a stopped deployment's parts, and that its rollback is a deployment without validation
/// functions, are recorded.
/// </remarks>
internal sealed class DeploymentProgress(
    DeploymentLog log, Effects<CodeDeployEffect> effects, Identifiers identifiers)
{
    public void Start(LambdaDeployment deployment, Observation found, DateTimeOffset now)
    {
        (deployment.Status, deployment.Started) = (DeploymentStatus.InProgress, now);
        var (alarms, revision) = (deployment.Alarms, deployment.Revision);
        if (found.Routing is null)
            Fail(deployment, DeploymentError.NoAlias(deployment.Alias.ToString()), now);
        else if (found.Routing is not { Additional: null } || found.Routing.Version != revision.CurrentVersion)
            Fail(deployment, DeploymentError.WrongVersion(), now);
        else if (found.Active.Count > 0)
            StopForAlarms(deployment, DeploymentError.AlarmActive(found.Active), now);
        else if (found.Unknown.Count > 0 && !alarms.IgnorePollFailure)
            StopForAlarms(deployment, DeploymentError.AlarmUnknown(found.Unknown), now);
        else
            Begin(deployment, deployment.BeforeAllowTraffic, now);
    }

    /// <summary>Does what is due: the next shift, or the end of the wait for a validation function.</summary>
    public void Continue(LambdaDeployment deployment, DateTimeOffset now)
    {
        if (deployment.AllowTraffic.Status == LifecycleEvent.InProgress)
        {
            ShiftNext(deployment, now);
            return;
        }

        var waiting = deployment.Events.First(each => each.Status == LifecycleEvent.InProgress);
        Fail(deployment, DeploymentError.HookTimedOut(waiting.Name), now);
    }

    /// <summary>The validation function has approved.</summary>
    public void EndHook(LambdaDeployment deployment, LifecycleEvent about, DateTimeOffset now)
    {
        about.End(LifecycleEvent.Succeeded, now);
        deployment.Due = null;
        deployment.LastUpdated = now;
        if (about == deployment.AfterAllowTraffic)
        {
            End(deployment, DeploymentStatus.Succeeded, now);
            return;
        }

        deployment.AllowTraffic.Begin(now);
        ShiftNext(deployment, now);
    }

    /// <summary>The alias has changed as the last step wanted.</summary>
    public void Shifted(LambdaDeployment deployment, DateTimeOffset now)
    {
        if (deployment.Percent < 100)
        {
            deployment.Due = now + deployment.Config.Interval;
            return;
        }

        deployment.AllowTraffic.End(LifecycleEvent.Succeeded, now);
        Begin(deployment, deployment.AfterAllowTraffic, now);
    }

    public void Fail(LambdaDeployment deployment, DeploymentError error, DateTimeOffset now)
    {
        deployment.Error = error;
        EndEvents(deployment, now);
        if (deployment.Rollback.Follows(AutoRollback.Failure)) RollBack(deployment, now);
        End(deployment, DeploymentStatus.Failed, now);
    }

    public void StopForAlarms(LambdaDeployment deployment, DeploymentError error, DateTimeOffset now)
    {
        deployment.Error = error;
        EndEvents(deployment, now);
        if (deployment.Rollback.Follows(AutoRollback.StopOnAlarm)) RollBack(deployment, now);
        End(deployment, DeploymentStatus.Stopped, now);
    }

    /// <param name="rollBack">Null for what the group says.</param>
    public void Stop(LambdaDeployment deployment, bool? rollBack, DateTimeOffset now)
    {
        deployment.Error = DeploymentError.Stopped();
        EndEvents(deployment, now);
        if (rollBack ?? deployment.Rollback.Follows(AutoRollback.StopOnRequest)) RollBack(deployment, now);
        End(deployment, DeploymentStatus.Stopped, now);
    }

    private void Begin(LambdaDeployment deployment, LifecycleEvent about, DateTimeOffset now)
    {
        about.Begin(now);
        if (about.Hook is not { } hook)
        {
            EndHook(deployment, about, now);
            return;
        }

        about.ExecutionId = Convert.ToBase64String(identifiers.NewGuid().ToByteArray());
        deployment.Due = now + CodeDeployLimits.HookTimeout;
        var (alias, group) = (deployment.Alias, deployment.Group);
        effects.Add(new InvokeHook(
            deployment.Id, about.Name,
            Arn.TryParse(hook) ?? alias with { Resource = $"function:{hook}" }, about.ExecutionId,
            new Arn(alias.Partition, "codedeploy", alias.Region, alias.AccountId,
                $"deploymentgroup:{group.Application}/{group.Name}")));
    }

    private void ShiftNext(LambdaDeployment deployment, DateTimeOffset now)
    {
        var config = deployment.Config;
        deployment.Steps++;
        deployment.Percent = config.PercentAfter(deployment.Steps);
        deployment.LastUpdated = now;
        // The interval begins when the alias has changed.
        deployment.Due = null;
        AddShift(deployment);
    }

    private void AddShift(LambdaDeployment deployment)
    {
        var (revision, percent) = (deployment.Revision, deployment.Percent);
        var routing = percent switch
        {
            100 => new AliasRouting(revision.TargetVersion),
            0 => new AliasRouting(revision.CurrentVersion),
            _ => new AliasRouting(revision.CurrentVersion, revision.TargetVersion, percent / 100.0),
        };
        effects.Add(new Shift(deployment.Id, deployment.Alias, routing, new TrafficShifted(
            deployment.Id, deployment.Alias.ToString(), revision.CurrentVersion, revision.TargetVersion, percent)));
    }

    private static void EndEvents(LambdaDeployment deployment, DateTimeOffset now)
    {
        var isEnded = false;
        foreach (var each in deployment.Events)
        {
            if (each.Status is not (LifecycleEvent.Pending or LifecycleEvent.InProgress)) continue;
            each.End(isEnded ? LifecycleEvent.Skipped : LifecycleEvent.Failed, now);
            isEnded = true;
        }
    }

    /// <summary>All traffic goes back at once, by a deployment of its own. Where none had moved there is none to send
    /// back, and the deployment says so.</summary>
    private void RollBack(LambdaDeployment deployment, DateTimeOffset now)
    {
        var (from, to) = (deployment.Revision.TargetVersion, deployment.Revision.CurrentVersion);
        var back = new LambdaDeployment(
            DeploymentId.New(identifiers), deployment.Group, DeploymentConfig.Predefined[DeploymentConfig.Default],
            deployment.Revision with
            {
                CurrentVersion = from, TargetVersion = to, BeforeAllowTraffic = null, AfterAllowTraffic = null,
            },
            deployment.Alias, now)
        {
            Creator = "codeDeployRollback",
            RollbackOf = deployment.Id,
            Alarms = WatchedAlarms.None,
            Rollback = AutoRollback.Off,
            Status = DeploymentStatus.InProgress,
            Started = now,
        };
        deployment.RolledBackBy = back.Id;
        log.Add(back);
        back.BeforeAllowTraffic.End(LifecycleEvent.Succeeded, now);
        back.AllowTraffic.Begin(now);
        (back.Steps, back.Percent) = (1, 100);
        if (deployment.Percent > 0) AddShift(back);
        else Shifted(back, now);
    }

    private void End(LambdaDeployment deployment, string status, DateTimeOffset now)
    {
        (deployment.Status, deployment.Completed, deployment.LastUpdated) = (status, now, now);
        deployment.Due = null;
        effects.Add(new ReportEnd(
            new DeploymentEnded(
                deployment.Id, deployment.Alias.ToString(), status, deployment.Error?.Code, deployment.RolledBackBy),
            status == DeploymentStatus.Succeeded ? null : deployment.Error?.Message ?? status));
    }
}
