using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Logs.Operations;

namespace Isobar.Local.Services.Logs;

/// <summary>Creates <c>AWS::Logs::LogGroup</c>: Ref gives the name, GetAtt Arn, which ends in <c>:*</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Logs::LogGroup.</remarks>
internal static class LogGroupProvider
{
    public const string Type = "AWS::Logs::LogGroup";

    private const string NameProperty = "LogGroupName";

    /// <summary>Retention and tags change in place, and the events stay; another name is another group.</summary>
    /// <param name="logs">By Region.</param>
    public static TypeUpdates UpdatesOf(Regional<Monitor<LogsState>> logs) => TypeUpdates.InPlace(
        update => Change(logs.In(update.Declaration.Stack.Region), update),
        deletion => logs.In(deletion.Declaration.Stack.Region)
            .Post((state, _) => state.DeleteIfThere(deletion.Existing.PhysicalId))) with
    {
        Replacement = [NameProperty],
        NameProperty = NameProperty,
    };

    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What CreateLogGroup or PutRetentionPolicy would answer.</exception>
    public static DeployedResource Create(Monitor<LogsState> logs, ResourceDeclaration declaration)
    {
        var (create, retention) = Read(declaration);
        CreateLogGroup.Handle(logs, create);
        if (retention is not null)
            PutRetentionPolicy.Handle(logs, new PutRetentionPolicyRequest(create.LogGroupName, retention));
        var (name, stack) = (create.LogGroupName!, declaration.Stack);
        return new DeployedResource(declaration.LogicalId, Type, name, name, new Dictionary<string, string>
        {
            ["Arn"] = $"{LogsArn.OfGroup(stack.Region, stack.AccountId, name)}:*",
        });
    }

    private static DeployedResource Change(Monitor<LogsState> logs, ResourceUpdate update)
    {
        var (settings, retention) = Read(update.Declaration);
        CreateLogGroup.Check(settings);
        logs.Post((state, _) =>
        {
            var group = state.Get(update.Existing.PhysicalId);
            group.RetentionInDays = retention;
            group.Tags.Clear();
            foreach (var (key, value) in settings.Tags ?? []) group.Tags[key] = value;
        });
        return update.Existing;
    }

    private static (CreateLogGroupRequest Settings, int? RetentionInDays) Read(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString(NameProperty)
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, LogsLimits.MaxNameCharacters);
        var settings = new CreateLogGroupRequest(
            name, KmsKeyId: null, Tags(properties), properties.OptionalString("LogGroupClass"),
            properties.OptionalBoolean("DeletionProtectionEnabled"));
        var retention = properties.OptionalInt32("RetentionInDays", 1, LogsLimits.RetentionDays[^1]);
        if (retention is { } days && !LogsLimits.RetentionDays.Contains(days))
            properties.Refuse("RetentionInDays", string.Create(
                CultureInfo.InvariantCulture, $"must be one of {string.Join(", ", LogsLimits.RetentionDays)}"));
        properties.Inert("KmsKeyId", "events are in memory only, so nothing is encrypted on disk");
        properties.Inert("DataProtectionPolicy", "nothing in an event is masked");
        properties.Inert("FieldIndexPolicies", "a query would find the same events without an index");
        properties.Inert("ResourcePolicyDocument", InertType.NoPermissions);
        properties.Finish();
        return (settings, retention);
    }

    private static Dictionary<string, string>? Tags(PropertyReader properties)
    {
        var tags = properties.OptionalList("Tags") ?? [];
        return tags.Count == 0
            ? null
            : tags.ToDictionary(tag => tag.RequiredString("Key"), tag => tag.RequiredString("Value"));
    }
}
