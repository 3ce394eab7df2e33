using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

internal sealed record ScheduleKeyDeletionRequest(string? KeyId, int? PendingWindowInDays);

/// <param name="KeyId">The key's ARN.</param>
/// <param name="DeletionDate">Seconds since 1970.</param>
internal sealed record ScheduleKeyDeletionResponse(
    string KeyId, decimal DeletionDate, string KeyState, int PendingWindowInDays);

/// <param name="KeyId">The key's ARN.</param>
internal sealed record CancelKeyDeletionResponse(string KeyId);

/// <summary>A key is deleted after some days of service time, in which the deletion can be cancelled.</summary>
/// <remarks>Source: AWS KMS API Reference, ScheduleKeyDeletion and CancelKeyDeletion.</remarks>
internal static class KeyDeletion
{
    // The model's own limit, which is wider than the service's.
    private const int MaxDaysOfModel = 365;

    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException,
    /// AccessDeniedException; KMSInvalidStateException: it is pending deletion.</exception>
    public static ScheduleKeyDeletionResponse Schedule(
        Monitor<KmsState> keys, ScheduleKeyDeletionRequest request, CallScope scope)
    {
        new ModelConstraints()
            .KeyId("keyId", request.KeyId)
            .Range("pendingWindowInDays", request.PendingWindowInDays, 1, MaxDaysOfModel)
            .ThrowIfAny();
        var days = request.PendingWindowInDays ?? KmsLimits.MaxWaitDays;
        if (days is < KmsLimits.MinWaitDays or > KmsLimits.MaxWaitDays) throw KmsErrors.WaitDays(days);
        var key = keys.Ask((state, now) => Schedule(
            state, state.ChangeableNow(request.KeyId!, "ScheduleKeyDeletion", scope.Principal.Name), days, now));
        return new ScheduleKeyDeletionResponse(
            key.Arn, KmsConstraints.Seconds(key.DeletionDate!.Value), key.State.ToString(), days);
    }

    /// <summary>Schedules the deletion of a key that is in use.</summary>
    /// <param name="days">7 to 30.</param>
    public static KmsKey Schedule(KmsState state, KmsKey key, int days, DateTimeOffset now) => state.Replace(
        key with { State = KeyState.PendingDeletion, DeletionDate = now + TimeSpan.FromDays(days) });

    /// <summary>Keeps the key, which is disabled then.</summary>
    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException,
    /// AccessDeniedException; KMSInvalidStateException: it is not pending deletion.</exception>
    public static CancelKeyDeletionResponse Cancel(Monitor<KmsState> keys, KeyRequest request, CallScope scope)
    {
        var keyId = request.Checked();
        return new CancelKeyDeletionResponse(keys.Ask((state, _) =>
        {
            var key = state.Changeable(keyId, "CancelKeyDeletion", scope.Principal.Name);
            if (key.State != KeyState.PendingDeletion) throw KmsErrors.NotPendingDeletion(key.Arn);
            return state.Replace(key with { State = KeyState.Disabled, DeletionDate = null }).Arn;
        }));
    }
}
