using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.EventBridge.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge;

/// <summary>Creates <c>AWS::Events::EventBus</c> (Ref gives its name) and <c>AWS::Events::Rule</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, both types. Ref of a rule gives its name, with the bus
/// before it unless that is the default one.</remarks>
internal static class RuleProvider
{
    public const string BusType = "AWS::Events::EventBus";
    public const string RuleType = "AWS::Events::Rule";

    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="AwsException">What the API would answer.</exception>
    public static DeployedResource Create(Monitor<EventBridgeState> buses, ResourceDeclaration declaration) =>
        declaration.Type == BusType ? CreateBus(buses, declaration) : Put(buses, declaration);

    public static TypeUpdates UpdatesOf(Regional<Monitor<EventBridgeState>> buses, string type) => type == BusType
        ? TypeUpdates.InPlace(
            update => ChangeBus(buses.In(update.Declaration.Stack.Region), update.Declaration),
            deletion => buses.In(deletion.Declaration.Stack.Region).Post((state, _) =>
            {
                if (state.Exists(deletion.Existing.PhysicalId)) state.DeleteBus(deletion.Existing.PhysicalId);
            })) with
        {
            Replacement = ["Name"],
            NameProperty = "Name",
        }
        : TypeUpdates.InPlace(
            update => Put(buses.In(update.Declaration.Stack.Region), update.Declaration),
            deletion => DeleteRule(buses.In(deletion.Declaration.Stack.Region), deletion.Declaration)) with
        {
            Replacement = ["Name", "EventBusName"],
            NameProperty = "Name",
        };

    private static DeployedResource ChangeBus(Monitor<EventBridgeState> buses, ResourceDeclaration declaration)
    {
        var (name, arn, description) = ReadBus(declaration);
        buses.Post((state, _) => state.DescribeAs(name, description));
        return DeployedBus(declaration, name, arn);
    }

    private static DeployedResource CreateBus(Monitor<EventBridgeState> buses, ResourceDeclaration declaration)
    {
        var (name, arn, description) = ReadBus(declaration);
        buses.Post((state, now) => state.CreateBus(name, arn, description, now));
        return DeployedBus(declaration, name, arn);
    }

    private static DeployedResource DeployedBus(ResourceDeclaration declaration, string name, string arn) => new(
        declaration.LogicalId, BusType, name, name,
        new Dictionary<string, string> { ["Arn"] = arn, ["Name"] = name });

    private static (string Name, string Arn, string? Description) ReadBus(ResourceDeclaration declaration)
    {
        var (properties, stack) = (declaration.Properties, declaration.Stack);
        var name = properties.RequiredString("Name");
        var description = properties.OptionalString("Description");
        properties.Inert("KmsKeyIdentifier", "events are in memory only, so nothing is encrypted on disk");
        properties.Inert("Policy", "permissions are not enforced");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        properties.Finish();

        var arn = Names.BusArn(stack.Partition, stack.Region, stack.AccountId, CreateEventBus.Check(name, description));
        return (name, arn, description);
    }

    private static void DeleteRule(Monitor<EventBridgeState> buses, ResourceDeclaration declaration)
    {
        var (bus, name) = NamesOf(declaration);
        buses.Post((state, _) =>
        {
            if (!state.Exists(bus) || state.Rules(bus).All(rule => rule.Name != name)) return;
            state.RemoveTargets(name, bus, [.. state.Rule(name, bus).Targets.Select(target => target.Id)]);
            state.DeleteRule(name, bus);
        });
    }

    private static (string Bus, string Name) NamesOf(ResourceDeclaration declaration) => (
        Names.BusOf(declaration.Properties.OptionalString("EventBusName")),
        declaration.Properties.OptionalString("Name") ?? PhysicalName.Generate(
            declaration.Stack, declaration.LogicalId, EventBridgeLimits.MaxNameLength));

    // The rule has the targets that are declared, and no others, as CloudFormation sets them.
    private static DeployedResource Put(Monitor<EventBridgeState> buses, ResourceDeclaration declaration)
    {
        var (properties, stack) = (declaration.Properties, declaration.Stack);
        var (bus, name) = NamesOf(declaration);
        var pattern = properties.OptionalJsonText("EventPattern");
        var isEnabled = properties.OptionalString("State", "ENABLED", "DISABLED") != "DISABLED";
        var description = properties.OptionalString("Description");
        var roleArn = properties.OptionalString("RoleArn");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        var schedule = properties.OptionalString("ScheduleExpression");
        if (pattern is null && schedule is null)
            properties.Refuse("EventPattern", "is required, or ScheduleExpression");
        var shapes = (properties.OptionalList("Targets") ?? []).Select(ReadTarget).ToList();
        properties.Finish();

        for (var i = 0; i < shapes.Count; i++) shapes[i].CheckMembers($"targets.{i + 1}.member");
        var targets = shapes.Select(shape => shape.Read()).ToList();
        var rule = new Rule(
            Names.Check(name, "name"), Names.RuleArn(stack.Partition, stack.Region, stack.AccountId, bus, name), bus,
            pattern, pattern is null ? null : PutRule.ReadPattern(pattern), isEnabled, description, roleArn, [])
        {
            Schedule = EventSchedule.Read(schedule, bus),
        };
        buses.Post((state, now) =>
        {
            if (targets.Count > EventBridgeLimits.MaxTargetsPerRule) throw EventBridgeErrors.LimitExceeded();
            state.PutRule(rule, now);
            state.RemoveTargets(name, bus, [.. state.Rule(name, bus).Targets.Select(target => target.Id)]);
            state.PutTargets(name, bus, targets);
        });
        var reference = bus == EventBus.Default ? name : $"{bus}|{name}";
        return new DeployedResource(declaration.LogicalId, RuleType, reference, reference,
            new Dictionary<string, string> { ["Arn"] = rule.Arn });
    }

    private static TargetShape ReadTarget(PropertyReader target)
    {
        var transformer = target.OptionalMap("InputTransformer");
        var retry = target.OptionalMap("RetryPolicy");
        var shape = new TargetShape(
            target.RequiredString("Id"), target.RequiredString("Arn"), target.OptionalString("RoleArn"),
            target.OptionalString("Input"), target.OptionalString("InputPath"),
            transformer is null ? null : new TransformerShape(
                transformer.OptionalStringMap("InputPathsMap")?.ToDictionary(),
                transformer.RequiredString("InputTemplate")),
            target.OptionalMap("DeadLetterConfig") is { } letters
                ? new DeadLetterShape(letters.OptionalString("Arn"))
                : null,
            retry is null ? null : new RetryPolicyShape(
                retry.OptionalInt32("MaximumRetryAttempts", 0, EventBridgeLimits.MaxRetryAttempts),
                retry.OptionalInt32("MaximumEventAgeInSeconds", (int)EventBridgeLimits.MinEventAge.TotalSeconds,
                    (int)EventBridgeLimits.MaxEventAge.TotalSeconds)),
            target.OptionalMap("SqsParameters") is { } queue
                ? new SqsParametersShape(queue.RequiredString("MessageGroupId"))
                : null);
        return shape;
    }
}
