using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record RegisterScalableTargetRequest(
    string? ServiceNamespace, string? ResourceId, string? ScalableDimension, int? MinCapacity, int? MaxCapacity,
    [property: System.Text.Json.Serialization.JsonPropertyName("RoleARN")] string? RoleArn,
    SuspendedStateShape? SuspendedState);

internal sealed record RegisterScalableTargetResponse(
    [property: System.Text.Json.Serialization.JsonPropertyName("ScalableTargetARN")] string ScalableTargetArn);

internal sealed record SuspendedStateShape(
    bool? DynamicScalingInSuspended, bool? DynamicScalingOutSuspended, bool? ScheduledScalingSuspended)
{
    public static SuspendedStateShape Of(Suspension suspended) =>
        new(suspended.ScalingIn, suspended.ScalingOut, suspended.Schedules);

    public Suspension Over(Suspension before) => new(
        DynamicScalingInSuspended ?? before.ScalingIn, DynamicScalingOutSuspended ?? before.ScalingOut,
        ScheduledScalingSuspended ?? before.Schedules);
}

/// <summary>Registers a resource whose capacity is to be scaled, or changes its bounds.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, RegisterScalableTarget.</remarks>
internal sealed class RegisterScalableTarget(ServiceContext context)
{
    /// <exception cref="AwsException">ValidationException; LimitExceededException.</exception>
    public RegisterScalableTargetResponse Handle(
        Monitor<ScalingState> scaling, RegisterScalableTargetRequest request, string region)
    {
        var key = ScalingKey.Of(request.ServiceNamespace, request.ResourceId, request.ScalableDimension);
        var resource = key.ResourceArn(region, context.AccountId);
        var scalable = context.Directory.Of<IScalable>(resource);
        if (scalable is null || scalable.ScalableDimension != key.Dimension)
            throw ScalingErrors.Validation(
                $"Unsupported service namespace, resource type or scalable dimension: {key.Dimension}");
        if (!scalable.IsScalable(resource))
            throw ScalingErrors.Validation($"ResourceId not found or not scalable: {key.ResourceId}. It must name an "
                + "alias or a published version, for example function:my-function:live.");
        var role = request.RoleArn ?? $"arn:aws:iam::{context.AccountId}:role/aws-service-role/"
            + "lambda.application-autoscaling.amazonaws.com/"
            + "AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency";
        var arn = new Arn("aws", "application-autoscaling", region, context.AccountId,
            $"scalable-target/{context.Identifiers.NewHex(17)}");
        var registered = scaling.Ask((state, now) => state.Register(
            key,
            new TargetSettings(request.MinCapacity, request.MaxCapacity, role,
                request.SuspendedState?.Over(state.Find(key)?.Suspended ?? new Suspension(false, false, false))),
            arn, now).Arn);
        return new RegisterScalableTargetResponse(registered.ToString());
    }
}
