using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApplicationAutoScaling.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>
/// Application Auto Scaling: keeps the capacity of other services' resources between bounds, near a target, or as a
/// schedule says. It knows those services by <see cref="IScalable"/> only.
/// </summary>
internal sealed class ApplicationAutoScalingModule : IServiceModule, IResourceProvider, IAlarmAction, IDisposable
{
    private readonly Regional<Monitor<ScalingState, ScalingEffect>> scaling;
    private readonly ServiceContext context;
    private readonly ScalingProvider provider;

    public ApplicationAutoScalingModule(ServiceContext context)
    {
        this.context = context;
        scaling = new Regional<Monitor<ScalingState, ScalingEffect>>(region =>
        {
            var scaler = ScalerOf(region);
            return new Monitor<ScalingState, ScalingEffect>(
                "application auto scaling", new ScalingState(context.Identifiers), context.Clock,
                (effect, _) => scaler.Perform(effect));
        });
        provider = new ScalingProvider(context);
        Wire = Operations(new AwsJsonProtocol(
            "AnyScaleFrontendService", "1.1", "com.amazonaws.autoscaling.any", ScalingLimits.MaxRequestBytes,
            ScalingErrors.Validation));
    }

    public string SigningName => "application-autoscaling";

    public IWireProtocol Wire { get; }

    /// <summary>Application Auto Scaling itself costs nothing; its alarms and what it scales do.</summary>
    public bool ChargesForCalls => false;

    public IReadOnlyCollection<string> ResourceTypes { get; } =
        [ScalingProvider.TargetType, ScalingProvider.PolicyType];

    /// <summary>The service part of the ARNs of policies.</summary>
    public string Service => "autoscaling";

    /// <summary>A policy acts every minute while its alarm is in ALARM.</summary>
    public bool Repeats => true;

    public bool Exists(Arn resource) => PolicyOf(resource) is not null;

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(provider.Create(scaling.In(declaration.Stack.Region), declaration));

    public ValueTask ActAsync(Arn action, AlarmStateChange change, CancellationToken cancellationToken)
    {
        if (PolicyOf(action) is { } policy) ScalerOf(action.Region).Act(policy, change);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => scaling.Dispose();

    private Scaler ScalerOf(string region) => new(context, () => scaling.In(region), region);

    private ScalingPolicy? PolicyOf(Arn arn) => scaling.Find(arn.Region)?.Ask((state, _) => state.Policy(arn));

    private AwsJsonProtocol Operations(AwsJsonProtocol wire)
    {
        var json = ScalingJson.Wire;
        var (register, putPolicy, putAction) = (
            new RegisterScalableTarget(context), new PutScalingPolicy(context), new PutScheduledAction(context));
        return wire
            .Add("RegisterScalableTarget", () => json.RegisterScalableTargetRequest,
                () => json.RegisterScalableTargetResponse,
                (request, scope) => new(register.Handle(In(scope), request, scope.Region)))
            .Add("DeregisterScalableTarget", () => json.DeregisterScalableTargetRequest, () => json.EmptyResponse,
                (request, scope) => new(DeregisterScalableTarget.Handle(In(scope), request)))
            .Add("DescribeScalableTargets", () => json.DescribeScalableTargetsRequest,
                () => json.DescribeScalableTargetsResponse,
                (request, scope) => new(DescribeScalableTargets.Handle(In(scope), request)))
            .Add("PutScalingPolicy", () => json.PutScalingPolicyRequest, () => json.PutScalingPolicyResponse,
                (request, scope) => new(putPolicy.Handle(In(scope), request, scope.Region)))
            .Add("DescribeScalingPolicies", () => json.DescribeScalingPoliciesRequest,
                () => json.DescribeScalingPoliciesResponse,
                (request, scope) => new(DescribeScalingPolicies.Handle(In(scope), request)))
            .Add("DeleteScalingPolicy", () => json.DeleteScalingPolicyRequest, () => json.EmptyResponse,
                (request, scope) => new(DeleteScalingPolicy.Handle(In(scope), request)))
            .Add("PutScheduledAction", () => json.PutScheduledActionRequest, () => json.EmptyResponse,
                (request, scope) => new(putAction.Handle(In(scope), request, scope.Region)))
            .Add("DescribeScheduledActions", () => json.DescribeScheduledActionsRequest,
                () => json.DescribeScheduledActionsResponse,
                (request, scope) => new(DescribeScheduledActions.Handle(In(scope), request)))
            .Add("DeleteScheduledAction", () => json.DeleteScheduledActionRequest, () => json.EmptyResponse,
                (request, scope) => new(DeleteScheduledAction.Handle(In(scope), request)))
            .Add("DescribeScalingActivities", () => json.DescribeScalingActivitiesRequest,
                () => json.DescribeScalingActivitiesResponse,
                (request, scope) => new(DescribeScalingActivities.Handle(In(scope), request)));
    }

    private Monitor<ScalingState> In(CallScope scope) => scaling.In(scope.Region);
}
