using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record PutScalingPolicyRequest(
    string? PolicyName, string? ServiceNamespace, string? ResourceId, string? ScalableDimension, string? PolicyType,
    TargetTrackingShape? TargetTrackingScalingPolicyConfiguration);

internal sealed record PutScalingPolicyResponse(
    [property: System.Text.Json.Serialization.JsonPropertyName("PolicyARN")] string PolicyArn,
    IReadOnlyList<AlarmShape> Alarms);

internal sealed record AlarmShape(
    string AlarmName, [property: System.Text.Json.Serialization.JsonPropertyName("AlarmARN")] string AlarmArn)
{
    public static IReadOnlyList<AlarmShape> Of(ScalingPolicy policy) =>
    [
        .. new[] { policy.HighAlarm, policy.LowAlarm }
            .Select(alarm => new AlarmShape(TrackingAlarms.NameOf(alarm), alarm.ToString())),
    ];
}

/// <summary>Adds a target tracking policy to a scalable target, or changes it, with its two alarms.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, PutScalingPolicy.</remarks>
internal sealed class PutScalingPolicy(ServiceContext context)
{
    public const string Type = "TargetTrackingScaling";

    private readonly TrackingAlarms alarms = new(context);

    /// <exception cref="AwsException">
    /// ValidationException; ObjectNotFoundException: no scalable target; LimitExceededException.
    /// </exception>
    public PutScalingPolicyResponse Handle(
        Monitor<ScalingState> scaling, PutScalingPolicyRequest request, string region)
    {
        var key = ScalingKey.Of(request.ServiceNamespace, request.ResourceId, request.ScalableDimension);
        if (request.PolicyName is not { Length: > 0 and <= ScalingLimits.MaxNameCharacters } name)
            throw ScalingErrors.Validation(
                $"PolicyName must have 1 to {ScalingLimits.MaxNameCharacters} characters.");
        if (request.PolicyType is not (null or Type))
            throw ScalingErrors.Validation($"The policy type {request.PolicyType} is not built here; {Type} is.");
        var tracking = (request.TargetTrackingScalingPolicyConfiguration
            ?? throw ScalingErrors.Validation("TargetTrackingScalingPolicyConfiguration is required."))
            .Read(context, key.ResourceArn(region, context.AccountId));
        var policy = scaling.Ask((state, now) => state.Put(alarms.NewPolicy(name, key, tracking, region, now)));
        try
        {
            alarms.Put(policy);
        }
        catch (AwsException)
        {
            // A policy without its alarms would never act.
            scaling.Post((state, _) => state.DeletePolicy(key, name));
            throw;
        }

        return new PutScalingPolicyResponse(policy.Arn.ToString(), AlarmShape.Of(policy));
    }
}
