using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApplicationAutoScaling.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Deploys scalable targets with their scheduled actions, and scaling policies.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::ApplicationAutoScaling::ScalableTarget (Ref gives resource,
/// dimension and namespace) and AWS::ApplicationAutoScaling::ScalingPolicy (Ref gives the ARN).
/// </remarks>
internal sealed class ScalingProvider(ServiceContext context)
{
    public const string TargetType = "AWS::ApplicationAutoScaling::ScalableTarget";
    public const string PolicyType = "AWS::ApplicationAutoScaling::ScalingPolicy";

    private readonly RegisterScalableTarget register = new(context);
    private readonly PutScalingPolicy putPolicy = new(context);
    private readonly PutScheduledAction putAction = new(context);

    /// <exception cref="DeploymentException">A property that is not supported or not valid, or a refusal.</exception>
    public DeployedResource Create(Monitor<ScalingState> scaling, ResourceDeclaration declaration)
    {
        try
        {
            return declaration.Type == TargetType
                ? CreateTarget(scaling, declaration)
                : CreatePolicy(scaling, declaration);
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }

    private DeployedResource CreateTarget(Monitor<ScalingState> scaling, ResourceDeclaration declaration)
    {
        var (properties, region) = (declaration.Properties, declaration.Stack.Region);
        var target = new RegisterScalableTargetRequest(
            properties.RequiredString("ServiceNamespace"), properties.RequiredString("ResourceId"),
            properties.RequiredString("ScalableDimension"), properties.RequiredInt32("MinCapacity", 0, int.MaxValue),
            properties.RequiredInt32("MaxCapacity", 0, int.MaxValue), properties.OptionalString("RoleARN"),
            properties.OptionalMap("SuspendedState") is { } suspended
                ? new SuspendedStateShape(
                    suspended.OptionalBoolean("DynamicScalingInSuspended"),
                    suspended.OptionalBoolean("DynamicScalingOutSuspended"),
                    suspended.OptionalBoolean("ScheduledScalingSuspended"))
                : null);
        var actions = (properties.OptionalList("ScheduledActions") ?? [])
            .Select(action => ReadAction(action, target)).ToArray();
        properties.Finish();

        var arn = register.Handle(scaling, target, region).ScalableTargetArn;
        foreach (var action in actions) putAction.Handle(scaling, action, region);
        var id = $"{target.ResourceId}|{target.ScalableDimension}|{target.ServiceNamespace}";
        return new DeployedResource(declaration.LogicalId, TargetType, id, id,
            new Dictionary<string, string> { ["Id"] = id, ["ScalableTargetARN"] = arn });
    }

    private static PutScheduledActionRequest ReadAction(PropertyReader action, RegisterScalableTargetRequest target) =>
        new(
            target.ServiceNamespace, action.RequiredString("Schedule"), action.OptionalString("Timezone"),
            action.RequiredString("ScheduledActionName"), target.ResourceId, target.ScalableDimension,
            Time(action, "StartTime"), Time(action, "EndTime"),
            action.OptionalMap("ScalableTargetAction") is { } bounds
                ? new ScalableTargetActionShape(
                    bounds.OptionalInt32("MinCapacity", 0, int.MaxValue),
                    bounds.OptionalInt32("MaxCapacity", 0, int.MaxValue))
                : null);

    private static double? Time(PropertyReader action, string name)
    {
        if (action.OptionalString(name) is not { } text) return null;
        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return Page.Seconds(instant);
        action.Refuse(name, "must be an instant, for example 2026-11-29T08:00:00Z");
        return null;
    }

    private DeployedResource CreatePolicy(Monitor<ScalingState> scaling, ResourceDeclaration declaration)
    {
        var (properties, region) = (declaration.Properties, declaration.Stack.Region);
        var name = properties.RequiredString("PolicyName");
        var type = properties.RequiredString("PolicyType");
        var parts = properties.OptionalString("ScalingTargetId")?.Split('|') ?? [];
        var (resource, dimension, service) = parts is [var first, var second, var third]
            ? (first, second, third)
            : (properties.RequiredString("ResourceId"), properties.RequiredString("ScalableDimension"),
                properties.RequiredString("ServiceNamespace"));
        var tracking = properties.OptionalMap("TargetTrackingScalingPolicyConfiguration") is { } config
            ? ReadTracking(config)
            : null;
        properties.Finish();

        var policy = putPolicy.Handle(
            scaling, new PutScalingPolicyRequest(name, service, resource, dimension, type, tracking), region);
        return new DeployedResource(declaration.LogicalId, PolicyType, policy.PolicyArn, policy.PolicyArn,
            new Dictionary<string, string> { ["Arn"] = policy.PolicyArn });
    }

    private static TargetTrackingShape ReadTracking(PropertyReader config)
    {
        var text = config.RequiredString("TargetValue");
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var target))
            config.Refuse("TargetValue", "must be a number");
        var predefined = config.OptionalMap("PredefinedMetricSpecification");
        var custom = config.OptionalMap("CustomizedMetricSpecification");
        return new TargetTrackingShape(
            target,
            predefined is null ? null : new PredefinedMetricShape(
                predefined.RequiredString("PredefinedMetricType"), predefined.OptionalString("ResourceLabel")),
            custom is null ? null : new CustomizedMetricShape(
                custom.RequiredString("MetricName"), custom.RequiredString("Namespace"),
                [
                    .. (custom.OptionalList("Dimensions") ?? []).Select(one =>
                        new DimensionShape(one.RequiredString("Name"), one.RequiredString("Value"))),
                ],
                custom.RequiredString("Statistic"), custom.OptionalString("Unit")),
            config.OptionalInt32("ScaleOutCooldown", 0, int.MaxValue),
            config.OptionalInt32("ScaleInCooldown", 0, int.MaxValue), config.OptionalBoolean("DisableScaleIn"));
    }
}
