using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record PutScheduledActionRequest(
    string? ServiceNamespace, string? Schedule, string? Timezone, string? ScheduledActionName, string? ResourceId,
    string? ScalableDimension, double? StartTime, double? EndTime, ScalableTargetActionShape? ScalableTargetAction);

internal sealed record ScalableTargetActionShape(int? MinCapacity, int? MaxCapacity);

/// <summary>Adds a scheduled action to a scalable target, or changes it.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, PutScheduledAction.</remarks>
internal sealed class PutScheduledAction(ServiceContext context)
{
    /// <exception cref="AwsException">
    /// ValidationException; ObjectNotFoundException: no scalable target; LimitExceededException.
    /// </exception>
    public EmptyResponse Handle(Monitor<ScalingState> scaling, PutScheduledActionRequest request, string region)
    {
        var key = ScalingKey.Of(request.ServiceNamespace, request.ResourceId, request.ScalableDimension);
        var name = CheckName(request.ScheduledActionName);
        var arn = new Arn("aws", "autoscaling", region, context.AccountId,
            $"scheduledAction:{context.Identifiers.NewGuid()}:resource/{key.Namespace}/{key.ResourceId}:"
            + $"scheduledActionName/{name}");
        scaling.Post((state, now) =>
            state.Put(Changed(state.Get(key).Actions.GetValueOrDefault(name), key, name, arn, request, now), now));
        return new EmptyResponse();
    }

    private static string CheckName(string? name)
    {
        if (name is not { Length: > 0 and <= ScalingLimits.MaxNameCharacters } || name != name.Trim(' ')
            || name.Any(character => char.IsControl(character) || character is ':' or '/' or '|'))
            throw ScalingErrors.Validation($"ScheduledActionName must have 1 to {ScalingLimits.MaxNameCharacters} "
                + "characters, no colon, slash or vertical line, and no space at its ends.");
        return name;
    }

    // What is not said again stays as it was.
    private static ScheduledAction Changed(
        ScheduledAction? known, ScalingKey key, string name, Arn arn, PutScheduledActionRequest request,
        DateTimeOffset now)
    {
        var text = request.Schedule ?? known?.Schedule.Text
            ?? throw ScalingErrors.Validation("A schedule must be specified for a new scheduled action.");
        var (least, most) = request.ScalableTargetAction is { } action
            ? (action.MinCapacity, action.MaxCapacity)
            : (known?.MinCapacity, known?.MaxCapacity);
        if (least is null && most is null)
            throw ScalingErrors.Validation("MinCapacity, MaxCapacity or both must be specified.");
        if (least < 0 || most < least)
            throw ScalingErrors.Validation("Maximum capacity cannot be less than minimum capacity.");
        var zone = request.Timezone ?? known?.TimeZone;
        return new ScheduledAction(
            name, key, known?.Arn ?? arn, ActionSchedule.Parse(text, zone), zone,
            Page.Instant(request.StartTime) ?? known?.StartTime, Page.Instant(request.EndTime) ?? known?.EndTime,
            least, most, known?.CreatedAt ?? now);
    }
}
