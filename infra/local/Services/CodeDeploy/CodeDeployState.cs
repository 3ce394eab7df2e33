using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>The applications, configurations and deployments of a Region. Owned by a monitor.</summary>
internal sealed class CodeDeployState : IDecidingState<CodeDeployEffect>, ITimedState
{
    private readonly SortedDictionary<string, DeploymentApplication> applications = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DeploymentConfig> configs = new(StringComparer.Ordinal);
    private readonly DeploymentLog log = new();
    private readonly DeploymentProgress progress;

    public CodeDeployState(Identifiers identifiers) => progress = new DeploymentProgress(log, Effects, identifiers);

    public Effects<CodeDeployEffect> Effects { get; } = new();

    /// <summary>In the order of their names.</summary>
    public IEnumerable<string> Applications => applications.Keys;

    /// <summary>The predefined ones and the account's own, in the order of their names.</summary>
    public IEnumerable<string> Configs =>
        DeploymentConfig.Predefined.Keys.Concat(configs.Keys).Order(StringComparer.Ordinal);

    /// <summary>Every deployment that is kept, the newest first.</summary>
    public IEnumerable<LambdaDeployment> Deployments => log.NewestFirst;

    public DateTimeOffset? NextDue => log.Active.Min(deployment => deployment.Due);

    public void OnDue(DateTimeOffset now)
    {
        foreach (var deployment in log.Active.Where(active => active.Due <= now).ToList())
            progress.Continue(deployment, now);
    }

    public void Add(DeploymentApplication application)
    {
        if (applications.Count >= CodeDeployLimits.MaxApplications) throw CodeDeployErrors.TooMany("Application");
        if (!applications.TryAdd(application.Name, application))
            throw CodeDeployErrors.ApplicationExists(application.Name);
    }

    public void Add(DeploymentGroup group)
    {
        var application = Application(group.Application);
        _ = Config(group.ConfigName);
        if (application.Groups.Count >= CodeDeployLimits.MaxGroups) throw CodeDeployErrors.TooMany("DeploymentGroup");
        if (!application.Groups.TryAdd(group.Name, group)) throw CodeDeployErrors.GroupExists(group.Name);
    }

    public void Add(DeploymentConfig config)
    {
        if (configs.Count >= CodeDeployLimits.MaxConfigs) throw CodeDeployErrors.TooMany("DeploymentConfig");
        if (DeploymentConfig.Predefined.ContainsKey(config.Name) || !configs.TryAdd(config.Name, config))
            throw CodeDeployErrors.ConfigExists(config.Name);
    }

    /// <summary>Puts a group in the place of the one with its name.</summary>
    public void Replace(DeploymentGroup group)
    {
        _ = Config(group.ConfigName);
        Application(group.Application).Groups[group.Name] = group;
    }

    public void DeleteApplication(string name) => applications.Remove(name);

    public void DeleteGroup(string application, string name) =>
        applications.GetValueOrDefault(application)?.Groups.Remove(name);

    /// <exception cref="AwsException">DeploymentConfigInUseException.</exception>
    public void DeleteConfig(string name)
    {
        if (applications.Values.Any(application => application.Groups.Values.Any(group => group.ConfigName == name)))
            throw CodeDeployErrors.ConfigInUse(name);
        configs.Remove(name);
    }

    /// <exception cref="AwsException">ApplicationDoesNotExistException.</exception>
    public DeploymentApplication Application(string name) =>
        applications.GetValueOrDefault(name) ?? throw CodeDeployErrors.ApplicationNotFound(name);

    /// <exception cref="AwsException">ApplicationDoesNotExistException, DeploymentGroupDoesNotExistException.
    /// </exception>
    public DeploymentGroup Group(string application, string name) =>
        Application(application).Groups.GetValueOrDefault(name) ?? throw CodeDeployErrors.GroupNotFound(name);

    public bool HasGroup(string application, string name) =>
        applications.GetValueOrDefault(application)?.Groups.ContainsKey(name) is true;

    /// <exception cref="AwsException">DeploymentConfigDoesNotExistException.</exception>
    public DeploymentConfig Config(string name) =>
        DeploymentConfig.Predefined.GetValueOrDefault(name) ?? configs.GetValueOrDefault(name)
            ?? throw CodeDeployErrors.ConfigNotFound(name);

    /// <exception cref="AwsException">DeploymentDoesNotExistException.</exception>
    public LambdaDeployment Deployment(string id) => log.Find(id) ?? throw CodeDeployErrors.DeploymentNotFound(id);

    /// <summary>Begins a deployment: its first step is taken once the alias and the alarms have been looked at.
    /// </summary>
    /// <exception cref="AwsException">DeploymentLimitExceededException: the group has one under way, or the Region too
    /// many.</exception>
    public void Begin(LambdaDeployment deployment)
    {
        var group = deployment.Group;
        if (log.Active.FirstOrDefault(active => active.Group.Id == group.Id) is { } other)
            throw CodeDeployErrors.AnotherIsActive(group.Name, other.Id);
        if (log.Active.Count() >= CodeDeployLimits.MaxActiveDeployments) throw CodeDeployErrors.TooMany("Deployment");
        log.Add(deployment);
        Effects.Add(new Look(deployment.Id, deployment.Alias, deployment.Alarms));
    }

    /// <summary>Goes on with what was found when the alias and the alarms were looked at.</summary>
    public void Looked(string id, Observation found, DateTimeOffset now)
    {
        if (log.Find(id) is { Status: DeploymentStatus.Created } deployment) progress.Start(deployment, found, now);
    }

    /// <summary>An alarm is in ALARM: what it watches over is stopped.</summary>
    public void Alarmed(string alarm, DateTimeOffset now)
    {
        foreach (var deployment in log.Active.Where(active => active.Alarms.Watched.Contains(alarm)).ToList())
            progress.StopForAlarms(deployment, DeploymentError.AlarmActive([alarm]), now);
    }

    /// <summary>The alias has changed as the deployment wanted; it goes on, unless it has ended meanwhile.</summary>
    public void Shifted(string id, DateTimeOffset now)
    {
        if (log.Find(id) is { IsActive: true } deployment) progress.Shifted(deployment, now);
    }

    /// <summary>Another service has refused what a deployment needs of it.</summary>
    public void Refused(string id, DeploymentError error, DateTimeOffset now)
    {
        if (log.Find(id) is { IsActive: true } deployment) progress.Fail(deployment, error, now);
    }

    /// <summary>A validation function reports its result.</summary>
    /// <exception cref="AwsException">DeploymentDoesNotExistException,
    /// InvalidLifecycleEventHookExecutionIdException, LifecycleEventAlreadyCompletedException.</exception>
    public void ReportHook(string id, string execution, bool isSuccess, DateTimeOffset now)
    {
        var deployment = Deployment(id);
        var about = deployment.Events.FirstOrDefault(each => each.ExecutionId is { } own && own == execution)
            ?? throw CodeDeployErrors.InvalidHookExecution();
        if (about.Status != LifecycleEvent.InProgress || !deployment.IsActive)
            throw CodeDeployErrors.HookAlreadyCompleted();
        if (isSuccess) progress.EndHook(deployment, about, now);
        else progress.Fail(deployment, DeploymentError.HookFailed(about.Name), now);
    }

    /// <summary>Stops a deployment.</summary>
    /// <param name="rollBack">Null for what the group says.</param>
    /// <exception cref="AwsException">DeploymentDoesNotExistException, DeploymentAlreadyCompletedException.
    /// </exception>
    public void Stop(string id, bool? rollBack, DateTimeOffset now)
    {
        var deployment = Deployment(id);
        if (!deployment.IsActive) throw CodeDeployErrors.AlreadyCompleted(id);
        progress.Stop(deployment, rollBack, now);
    }
}
