using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>An enabled <c>DeploymentPreference</c>, as one function declares it.</summary>
/// <remarks>Source: AWS SAM Developer Guide, DeploymentPreference; tests compare with the real transform.</remarks>
/// <param name="Settings">Of the function, after Globals.</param>
/// <param name="Type">With parameters and mappings resolved.</param>
/// <param name="Condition">The function's, if CodeDeploy's resources are to have it, too.</param>
internal sealed record DeploymentPreference(
    ResourceEntry Function, TemplateMapping Settings, TemplateNode Type, string? Condition)
{
    /// <summary>The types that SAM shortens; any other name is the template's own configuration.</summary>
    private static readonly string[] Predefined =
    [
        "Canary10Percent5Minutes", "Canary10Percent10Minutes", "Canary10Percent15Minutes", "Canary10Percent30Minutes",
        "Linear10PercentEvery1Minute", "Linear10PercentEvery2Minutes", "Linear10PercentEvery3Minutes",
        "Linear10PercentEvery10Minutes", "AllAtOnce",
    ];

    private readonly NodeBuilder at = new(Function.Location);

    private TemplateScalar Yes => new(Function.Location, "true", IsPlain: true);

    public string GroupId => Function.LogicalId + "DeploymentGroup";

    /// <summary>The role that moves the alias; null for the one that SAM makes.</summary>
    public TemplateNode? Role => Settings.Find("Role")?.Value;

    /// <summary>The <c>UpdatePolicy</c> of the function's alias.</summary>
    public TemplateMapping UpdatePolicy(string application)
    {
        var hooks = Settings.Find("Hooks")?.Value as TemplateMapping;
        return at.Map(("CodeDeployLambdaAliasUpdate", at.Map(
            ("ApplicationName", at.Ref(application)),
            ("DeploymentGroupName", at.Ref(GroupId)),
            ("BeforeAllowTrafficHook", hooks?.Find("PreTraffic")?.Value),
            ("AfterAllowTrafficHook", hooks?.Find("PostTraffic")?.Value))));
    }

    /// <summary>The properties of the deployment group.</summary>
    /// <param name="ownRole">The role that SAM makes.</param>
    /// <param name="errors">Takes what is wrong with the alarms.</param>
    public TemplateMapping Group(string application, string ownRole, ErrorList errors) => at.Map(
        ("AlarmConfiguration", Alarms(errors)),
        ("ApplicationName", at.Ref(application)),
        ("AutoRollbackConfiguration", at.Map(
            ("Enabled", Yes),
            ("Events", at.Texts(
                "DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST")))),
        ("DeploymentConfigName", ConfigName(Type, inside: null)),
        ("DeploymentStyle", at.Map(
            ("DeploymentType", at.Text("BLUE_GREEN")), ("DeploymentOption", at.Text("WITH_TRAFFIC_CONTROL")))),
        ("ServiceRoleArn", Role ?? at.GetAtt(ownRole, "Arn")),
        ("TriggerConfigurations", Settings.Find("TriggerConfigurations")?.Value));

    /// <summary>In a function every argument is looked at: each branch of an <c>Fn::If</c> may be a type.</summary>
    /// <param name="inside">The function that the value is an argument of.</param>
    private TemplateNode ConfigName(TemplateNode value, string? inside) => value switch
    {
        TemplateScalar { Text: var name } when Predefined.Contains(name) => inside == "Fn::Sub"
            ? Substitution(name)
            : at.Map(("Fn::Sub", Substitution(name))),
        TemplateSequence list => list with { Items = [.. list.Items.Select(item => ConfigName(item, null))] },
        _ when FunctionTags.IsFunction(value, out var function, out var argument) =>
            at.Map((function, ConfigName(argument, function))),
        _ => value,
    };

    private TemplateSequence Substitution(string name) =>
        at.List(at.Text("CodeDeployDefault.Lambda${ConfigName}"), at.Map(("ConfigName", at.Text(name))));

    private TemplateNode? Alarms(ErrorList errors)
    {
        if (Settings.Find("Alarms")?.Value is not { } alarms || FunctionTags.IsNoValue(alarms)
            || alarms is TemplateSequence { Items.Count: 0 }) return null;
        if (FunctionTags.IsFunction(alarms, out var name, out var argument) && name == "Fn::If"
            && argument is TemplateSequence { Items: [TemplateScalar condition, var then, var otherwise] })
            return at.If(condition.Text, Watched(then, errors), Watched(otherwise, errors));
        return Watched(alarms, errors);
    }

    private TemplateMapping Watched(TemplateNode alarms, ErrorList errors)
    {
        if (alarms is not TemplateSequence { Items: var items })
        {
            errors.Add(alarms.Location, Function.LogicalId, "Alarms must be a list");
            return at.Map();
        }

        if (items.Count == 0 || FunctionTags.IsNoValue(items[0])) return at.Map();
        return at.Map(
            ("Enabled", Yes), ("Alarms", at.List(items.Select(alarm => at.Map(("Name", alarm))))));
    }
}
