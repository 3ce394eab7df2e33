using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>
/// The deployment preferences of all functions, and the resources of CodeDeploy that SAM makes for them: an
/// application and a role for the stack, a deployment group for each function.
/// </summary>
/// <param name="known">Resolves what the transform itself must understand.</param>
/// <param name="inert">Takes settings that change nothing.</param>
internal sealed class DeploymentPreferences(
    KnownValues known, ResourceTable resources, List<InertSetting> inert, ErrorList errors)
{
    private const string Application = "ServerlessDeploymentApplication";
    private const string Role = "CodeDeployServiceRole";
    private const string CombinedCondition = "ServerlessCodeDeployCondition";

    // Source: AWS CloudFormation User Guide, condition functions, Fn::Or.
    private const int MaxConditions = 10;

    private readonly List<DeploymentPreference> enabled = [];
    private readonly List<TemplateEntry> conditions = [];

    /// <summary>The condition that the shared resources have when every preference has one.</summary>
    public IReadOnlyList<TemplateEntry> Conditions => conditions;

    /// <summary>Adds the preference of a function whose alias has been made.</summary>
    public void Add(FunctionExpansion expansion)
    {
        var function = expansion.Function;
        if (expansion.Settings("DeploymentPreference") is not { Entries.Count: > 0 } settings) return;
        var reader = new NodeReader(errors, function.LogicalId);
        reader.OnlyKeys(settings, "Type", "Alarms", "Hooks", "Enabled", "Role", "TriggerConfigurations",
            "PassthroughCondition");
        if (!IsEnabled(settings, function)) return;
        if (settings.Find("Type") is not { } type)
        {
            Fail(settings.Location, function, "'DeploymentPreference' is missing required Property 'Type'");
            return;
        }

        if (reader.Map(settings, "Hooks") is { } hooks) reader.OnlyKeys(hooks, "PreTraffic", "PostTraffic");
        if (expansion.Alias is not { } alias)
        {
            Fail(settings.Location, function,
                "'DeploymentPreference' requires AutoPublishAlias property to be specified.");
            return;
        }

        var preference = new DeploymentPreference(
            function, settings, known.Apply(type.Value),
            PassesCondition(settings, function) ? function.Condition : null);
        enabled.Add(preference);
        resources.Replace(resources.Find(alias.LogicalId)! with
        {
            UpdatePolicy = preference.UpdatePolicy(Application),
        });
        resources.Add(new ResourceEntry(
            preference.GroupId, function.Location, "AWS::CodeDeploy::DeploymentGroup",
            preference.Group(Application, Role, errors)) { Condition = preference.Condition });
    }

    /// <summary>Adds what the preferences share, once all are added.</summary>
    public void AddShared()
    {
        if (enabled.Count == 0) return;
        var location = enabled[0].Function.Location;
        var at = new NodeBuilder(location);
        var condition = Condition(at);
        resources.Add(new ResourceEntry(
            Application, location, "AWS::CodeDeploy::Application", at.Map(("ComputePlatform", at.Text("Lambda"))))
        {
            Condition = condition,
        });
        if (enabled.TrueForAll(preference => preference.Role is not null)) return;
        resources.Add(new ResourceEntry(Role, location, "AWS::IAM::Role", at.Map(
            ("AssumeRolePolicyDocument", at.Map(
                ("Version", at.Text("2012-10-17")),
                ("Statement", at.List(at.Map(
                    ("Action", at.Texts("sts:AssumeRole")),
                    ("Effect", at.Text("Allow")),
                    ("Principal", at.Map(("Service", at.Texts("codedeploy.amazonaws.com"))))))))),
            ("ManagedPolicyArns", at.Texts("arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"))))
        {
            Condition = condition,
        });
    }

    private string? Condition(NodeBuilder at)
    {
        if (enabled.Exists(preference => preference.Condition is null)) return null;
        var names = enabled.Select(preference => preference.Condition!).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 1) return names[0];
        if (names.Count > MaxConditions)
            errors.Add(at.Location, "", $"DeploymentPreference passes on more than {MaxConditions} conditions");
        conditions.Add(new TemplateEntry(CombinedCondition, at.Location, at.Map(
            ("Fn::Or", at.List(names.Select(name => at.Map(("Condition", at.Text(name)))))))));
        return CombinedCondition;
    }

    private bool IsEnabled(TemplateMapping settings, ResourceEntry function)
    {
        if (settings.Find("Enabled") is not { } written) return true;
        var value = known.Apply(written.Value);
        if (value is TemplateScalar scalar) return !IsFalse(scalar);
        // Whatever the function gives: the transform asks whether there is anything but false.
        inert.Add(new InertSetting(written.KeyLocation, function.LogicalId, "DeploymentPreference.Enabled",
            "SAM evaluates only Ref of a parameter and FindInMap here; any other function enables the preference"));
        return true;
    }

    private bool PassesCondition(TemplateMapping settings, ResourceEntry function)
    {
        const string name = "PassthroughCondition";
        if (settings.Find(name)?.Value is not { } written) return false;
        var value = known.Apply(written);
        if (value is TemplateScalar { Text: "true" or "True" }) return true;
        if (value is TemplateScalar scalar && IsFalse(scalar)) return false;
        Fail(written.Location, function, value is TemplateScalar
            ? $"Invalid value for property {name}."
            : "Unsupported intrinsic: the only intrinsic functions supported for property "
                + $"{name} are FindInMap and parameter Refs.");
        return false;
    }

    private static bool IsFalse(TemplateScalar scalar) => scalar.Text is "false" or "False" or "";

    private void Fail(SourceLocation location, ResourceEntry function, string message) =>
        errors.Add(location, function.LogicalId, message);
}
