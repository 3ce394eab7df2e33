using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>Deploys CodeDeploy's applications, deployment groups and configurations, for Lambda alone.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, the types named below.</remarks>
/// <param name="of">The state of a Region.</param>
internal sealed class CodeDeployResources(
    Func<string, Monitor<CodeDeployState>> of, Identifiers identifiers, TimeProvider clock) : IResourceProvider
{
    private const string Application = "AWS::CodeDeploy::Application";
    private const string Group = "AWS::CodeDeploy::DeploymentGroup";
    private const string Config = "AWS::CodeDeploy::DeploymentConfig";
    private const string Lambda = "Lambda";
    private const string Tags = "tags are neither shown nor used for permissions";

    // The longest canary or linear interval that the API takes.
    private const int MaxIntervalMinutes = 2_880;

    public IReadOnlyCollection<string> ResourceTypes { get; } = [Application, Group, Config];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(type == Group ? Change : null, Delete) with
    {
        Replacement = type switch
        {
            Application => ["ApplicationName", "ComputePlatform"],
            Group => ["ApplicationName", "DeploymentGroupName"],
            _ => ["DeploymentConfigName", "ComputePlatform", "TrafficRoutingConfig"],
        },
        NameProperty = type switch
        {
            Application => "ApplicationName", Group => "DeploymentGroupName", _ => "DeploymentConfigName",
        },
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var state = of(declaration.Stack.Region);
        var name = declaration.Type switch
        {
            Application => Create(state, ReadApplication(declaration)),
            Group => Create(state, ReadGroup(declaration)),
            _ => Create(state, ReadConfig(declaration)),
        };
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, declaration.Type, name, name, new Dictionary<string, string>()));
    }

    private DeployedResource Change(ResourceUpdate update)
    {
        var wanted = ReadGroup(update.Declaration) with { Name = update.Existing.PhysicalId };
        of(update.Declaration.Stack.Region).Post((known, _) => known.Replace(
            wanted with { Id = known.Group(wanted.Application, wanted.Name).Id }));
        return update.Existing;
    }

    private void Delete(ResourceDeletion deletion)
    {
        var (declaration, name) = (deletion.Declaration, deletion.Existing.PhysicalId);
        var state = of(declaration.Stack.Region);
        switch (declaration.Type)
        {
            case Application:
                state.Post((known, _) => known.DeleteApplication(name));
                break;
            case Group:
                var application = declaration.Properties.RequiredString("ApplicationName");
                state.Post((known, _) => known.DeleteGroup(application, name));
                break;
            default:
                state.Post((known, _) => known.DeleteConfig(name));
                break;
        }
    }

    private string Create(Monitor<CodeDeployState> state, string name)
    {
        var id = identifiers.NewGuid().ToString();
        state.Post((known, now) => known.Add(new DeploymentApplication(name, id, now)));
        return name;
    }

    private static string Create(Monitor<CodeDeployState> state, DeploymentGroup group)
    {
        state.Post((known, _) => known.Add(group));
        return group.Name;
    }

    private static string Create(Monitor<CodeDeployState> state, DeploymentConfig config)
    {
        state.Post((known, _) => known.Add(config));
        return config.Name;
    }

    private static string ReadApplication(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var name = Name(declaration, "ApplicationName");
        if (properties.OptionalString("ComputePlatform") is not Lambda)
            properties.Refuse("ComputePlatform", "must be Lambda here; Server, the default, and ECS are not built");
        properties.Inert("Tags", Tags);
        properties.Finish();
        return name;
    }

    private DeploymentGroup ReadGroup(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var group = new DeploymentGroup(
            properties.RequiredString("ApplicationName"), Name(declaration, "DeploymentGroupName"),
            identifiers.NewGuid().ToString(),
            properties.OptionalString("DeploymentConfigName") ?? DeploymentConfig.Default,
            properties.RequiredString("ServiceRoleArn"))
        {
            Alarms = ReadAlarms(properties),
            Rollback = ReadRollback(properties),
        };
        if (properties.OptionalMap("DeploymentStyle") is { } style)
        {
            style.RequiredString("DeploymentType", "BLUE_GREEN");
            style.RequiredString("DeploymentOption", "WITH_TRAFFIC_CONTROL");
        }
        else
        {
            properties.Refuse("DeploymentStyle", "must be BLUE_GREEN WITH_TRAFFIC_CONTROL for Lambda");
        }

        properties.Inert("TriggerConfigurations", "notifications of deployments are not sent");
        properties.Inert("Tags", Tags);
        properties.Finish();
        return group;
    }

    private static WatchedAlarms ReadAlarms(PropertyReader properties)
    {
        if (properties.OptionalMap("AlarmConfiguration") is not { } alarms) return WatchedAlarms.None;
        string[] names = [.. (alarms.OptionalList("Alarms") ?? []).Select(alarm => alarm.RequiredString("Name"))];
        if (names.Length > CodeDeployLimits.MaxAlarms)
            alarms.Refuse("Alarms", $"must be at most {CodeDeployLimits.MaxAlarms}");
        return new WatchedAlarms(
            alarms.OptionalBoolean("Enabled") ?? false, alarms.OptionalBoolean("IgnorePollAlarmFailure") ?? false,
            names);
    }

    private static AutoRollback ReadRollback(PropertyReader properties)
    {
        if (properties.OptionalMap("AutoRollbackConfiguration") is not { } rollback) return AutoRollback.Off;
        var events = rollback.OptionalStringList("Events") ?? [];
        if (events.Any(each => each is not (
            AutoRollback.Failure or AutoRollback.StopOnAlarm or AutoRollback.StopOnRequest)))
            rollback.Refuse("Events", $"must be some of {AutoRollback.Failure}, {AutoRollback.StopOnAlarm}, "
                + AutoRollback.StopOnRequest);
        return new AutoRollback(rollback.OptionalBoolean("Enabled") ?? false, events);
    }

    private DeploymentConfig ReadConfig(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var name = Name(declaration, "DeploymentConfigName");
        properties.RequiredString("ComputePlatform", Lambda);
        var routing = properties.RequiredMap("TrafficRoutingConfig");
        var type = routing.RequiredString(
            "Type", DeploymentConfig.AllAtOnce, DeploymentConfig.Canary, DeploymentConfig.Linear);
        var (percentage, minutes) = type switch
        {
            DeploymentConfig.Canary => Steps(routing, type, "CanaryPercentage", "CanaryInterval"),
            DeploymentConfig.Linear => Steps(routing, type, "LinearPercentage", "LinearInterval"),
            _ => (100, 0),
        };
        var config = new DeploymentConfig(
            name, identifiers.NewGuid().ToString(), clock.GetUtcNow(), type, percentage, TimeSpan.FromMinutes(minutes));
        if (config.Length > CodeDeployLimits.MaxShift)
            properties.Refuse("TrafficRoutingConfig",
                $"must shift all traffic within {CodeDeployLimits.MaxShift.TotalHours:0} hours");
        properties.Finish();
        return config;
    }

    private static (int Percentage, int Minutes) Steps(
        PropertyReader routing, string type, string percentage, string interval)
    {
        var steps = routing.RequiredMap(type);
        return (steps.RequiredInt32(percentage, 1, 99), steps.RequiredInt32(interval, 1, MaxIntervalMinutes));
    }

    private static string Name(ResourceDeclaration declaration, string property)
    {
        var properties = declaration.Properties;
        if (properties.OptionalString(property) is not { } name)
            return PhysicalName.Generate(
                declaration.Stack, declaration.LogicalId, CodeDeployLimits.MaxNameCharacters);
        if (name.Length is 0 or > CodeDeployLimits.MaxNameCharacters)
            properties.Refuse(property, $"must have 1 to {CodeDeployLimits.MaxNameCharacters} characters");
        return name;
    }
}
