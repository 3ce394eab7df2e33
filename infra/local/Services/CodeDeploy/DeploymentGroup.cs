namespace Isobar.Local.Services.CodeDeploy;

/// <summary>What deployments are grouped under.</summary>
/// <param name="Id">A UUID.</param>
internal sealed class DeploymentApplication(string name, string id, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Id { get; } = id;

    public DateTimeOffset Created { get; } = created;

    /// <summary>By name.</summary>
    public SortedDictionary<string, DeploymentGroup> Groups { get; } = new(StringComparer.Ordinal);
}

/// <summary>How an application's deployments are done.</summary>
/// <param name="Id">A UUID.</param>
internal sealed record DeploymentGroup(
    string Application, string Name, string Id, string ConfigName, string ServiceRoleArn)
{
    public WatchedAlarms Alarms { get; init; } = WatchedAlarms.None;

    public AutoRollback Rollback { get; init; } = AutoRollback.Off;
}

/// <summary>The alarms that stop a deployment.</summary>
/// <param name="IgnorePollFailure">Whether a deployment goes on when the state of an alarm can't be read.</param>
internal sealed record WatchedAlarms(bool Enabled, bool IgnorePollFailure, IReadOnlyList<string> Names)
{
    public static readonly WatchedAlarms None = new(false, false, []);

    /// <summary>Those that count.</summary>
    public IReadOnlyList<string> Watched => Enabled ? Names : [];
}

/// <summary>After what a deployment is rolled back by itself.</summary>
internal sealed record AutoRollback(bool Enabled, IReadOnlyList<string> Events)
{
    public const string Failure = "DEPLOYMENT_FAILURE";
    public const string StopOnAlarm = "DEPLOYMENT_STOP_ON_ALARM";
    public const string StopOnRequest = "DEPLOYMENT_STOP_ON_REQUEST";

    public static readonly AutoRollback Off = new(false, []);

    public bool Follows(string happened) => Enabled && Events.Contains(happened);
}
