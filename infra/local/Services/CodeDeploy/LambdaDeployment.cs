namespace Isobar.Local.Services.CodeDeploy;

/// <summary>One deployment to Lambda: an alias on its way from one version to another. Owned by the state.</summary>
/// <param name="group">As it was when the deployment was created.</param>
/// <param name="alias">The alias's ARN.</param>
internal sealed class LambdaDeployment(
    string id, DeploymentGroup group, DeploymentConfig config, AppSpec revision, Arn alias, DateTimeOffset created)
{
    public string Id { get; } = id;

    public DeploymentGroup Group { get; } = group;

    public DeploymentConfig Config { get; } = config;

    public AppSpec Revision { get; } = revision;

    public Arn Alias { get; } = alias;

    public DateTimeOffset Created { get; } = created;

    public string? Description { get; init; }

    /// <summary><c>user</c>, or <c>codeDeployRollback</c>.</summary>
    public string Creator { get; init; } = "user";

    /// <summary>The alarms that stop this deployment.</summary>
    public WatchedAlarms Alarms { get; init; } = group.Alarms;

    public AutoRollback Rollback { get; init; } = group.Rollback;

    /// <summary>The deployment that this one undoes; null for none.</summary>
    public string? RollbackOf { get; init; }

    public string Status { get; set; } = DeploymentStatus.Created;

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Completed { get; set; }

    public DateTimeOffset LastUpdated { get; set; } = created;

    public DeploymentError? Error { get; set; }

    /// <summary>The deployment that undoes this one; null for none.</summary>
    public string? RolledBackBy { get; set; }

    public LifecycleEvent BeforeAllowTraffic { get; } = new("BeforeAllowTraffic")
    {
        Hook = revision.BeforeAllowTraffic,
    };

    public LifecycleEvent AllowTraffic { get; } = new("AllowTraffic");

    public LifecycleEvent AfterAllowTraffic { get; } = new("AfterAllowTraffic") { Hook = revision.AfterAllowTraffic };

    public IEnumerable<LifecycleEvent> Events => [BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic];

    /// <summary>Steps of the configuration that were taken.</summary>
    public int Steps { get; set; }

    /// <summary>The share of the new version, in percent.</summary>
    public int Percent { get; set; }

    /// <summary>When something is to be done, unless something else happens before; null for nothing.</summary>
    public DateTimeOffset? Due { get; set; }

    public bool IsActive => Status is DeploymentStatus.Created or DeploymentStatus.InProgress;
}

/// <summary>What a deployment's status can be.</summary>
internal static class DeploymentStatus
{
    public const string Created = "Created";
    public const string InProgress = "InProgress";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Stopped = "Stopped";

    /// <summary>All that AWS has; a deployment here is never in the others.</summary>
    public static readonly string[] All =
        [Created, "Queued", InProgress, "Baking", Succeeded, Failed, Stopped, "Ready"];
}

/// <summary>Why a deployment has not succeeded.</summary>
internal sealed record DeploymentError(string Code, string Message)
{
    /// <remarks>The text is recorded.</remarks>
    public static DeploymentError AlarmActive(IEnumerable<string> alarms) => new("ALARM_ACTIVE",
        "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the "
        + "affected deployments have been stopped. Activated alarms: "
        + string.Join(' ', alarms.Select(alarm => $"<{alarm}>")));

    public static DeploymentError AlarmUnknown(IEnumerable<string> alarms) => new("ALARM_ACTIVE",
        "The state of one or more alarms could not be read, and ignorePollAlarmFailure is not set. Alarms: "
        + string.Join(' ', alarms.Select(alarm => $"<{alarm}>")));

    public static DeploymentError Stopped() => new("MANUAL_STOP", "The deployment was stopped by a request.");

    /// <remarks>The text is recorded.</remarks>
    public static DeploymentError WrongVersion() => new("INVALID_LAMBDA_CONFIGURATION",
        "The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is "
        + "missing or has an invalid configuration. The Lambda function alias version does not match the current "
        + "version in AppSpec file.");

    public static DeploymentError NoAlias(string alias) => new("INVALID_LAMBDA_FUNCTION",
        $"The deployment failed because there is no alias {alias}.");

    public static DeploymentError NotRouted(string reason) => new("INVALID_LAMBDA_CONFIGURATION",
        $"The deployment failed because the alias could not be changed: {reason}");

    public static DeploymentError HookNotInvoked(string hook, string reason) => new("INVALID_LAMBDA_FUNCTION",
        $"The deployment failed because the validation function of {hook} could not be invoked: {reason}");

    public static DeploymentError HookFailed(string hook) => new("HOOK_EXECUTION_FAILURE",
        $"The deployment failed because the validation function of {hook} reported Failed.");

    public static DeploymentError HookTimedOut(string hook) => new("TIMEOUT",
        $"The deployment failed because the validation function of {hook} reported no result within "
        + $"{CodeDeployLimits.HookTimeout.TotalMinutes:0} minutes.");
}

/// <summary>One of the three parts of a deployment.</summary>
internal sealed class LifecycleEvent(string name)
{
    public const string Pending = "Pending";
    public const string InProgress = "InProgress";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Skipped = "Skipped";

    public string Name { get; } = name;

    /// <summary>The validation function that decides about it; null for none.</summary>
    public string? Hook { get; init; }

    /// <summary>By what the function reports its result; null before it is invoked.</summary>
    public string? ExecutionId { get; set; }

    public string Status { get; private set; } = Pending;

    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public void Begin(DateTimeOffset now) => (Status, Started) = (InProgress, now);

    /// <param name="status">One of the last three.</param>
    public void End(string status, DateTimeOffset now)
    {
        Status = status;
        if (status != Skipped) Started ??= now;
        Ended = now;
    }
}
