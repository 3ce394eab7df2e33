using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <param name="RecoveryWindowInDays">7 to 30; null for 30.</param>
internal sealed record DeleteSecretRequest(
    string? SecretId, long? RecoveryWindowInDays, bool? ForceDeleteWithoutRecovery);

internal sealed record DeleteSecretResponse(string ARN, string Name, decimal? DeletionDate);

internal sealed record RestoreSecretRequest(string? SecretId);

internal sealed record RestoreSecretResponse(string ARN, string Name);

/// <summary>Deletes a secret after some days, or at once; until then it can be restored.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, DeleteSecret and RestoreSecret.</remarks>
internal static class DeleteSecret
{
    /// <exception cref="AwsException">ValidationException, InvalidParameterException, ResourceNotFoundException,
    /// InvalidRequestException.</exception>
    public static DeleteSecretResponse Handle(
        Monitor<SecretsState> secrets, DeleteSecretRequest request, CallScope scope)
    {
        new ModelConstraints().SecretId(request.SecretId).ThrowIfAny();
        var isForced = request.ForceDeleteWithoutRecovery is true;
        if (isForced && request.RecoveryWindowInDays is not null)
            throw SecretsErrors.InvalidParameter(
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        var days = request.RecoveryWindowInDays ?? SecretsLimits.MaxWaitDays;
        if (days is < SecretsLimits.MinWaitDays or > SecretsLimits.MaxWaitDays)
            throw SecretsErrors.InvalidParameter(
                $"The RecoveryWindowInDays value must be between {SecretsLimits.MinWaitDays} and "
                    + $"{SecretsLimits.MaxWaitDays} days (inclusive).");
        return secrets.Ask((state, now) => isForced
            ? Force(state, request.SecretId!, scope, now)
            : Schedule(state.GetInUse(request.SecretId!), TimeSpan.FromDays(days), now));
    }

    /// <exception cref="AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static RestoreSecretResponse Restore(Monitor<SecretsState> secrets, RestoreSecretRequest request)
    {
        new ModelConstraints().SecretId(request.SecretId).ThrowIfAny();
        return secrets.Ask((state, _) =>
        {
            var secret = state.Get(request.SecretId!);
            (secret.Deleted, secret.Gone) = (null, null);
            return new RestoreSecretResponse(secret.Arn, secret.Name);
        });
    }

    private static DeleteSecretResponse Schedule(Secret secret, TimeSpan wait, DateTimeOffset now)
    {
        (secret.Deleted, secret.Gone) = (now, now + wait);
        return new DeleteSecretResponse(secret.Arn, secret.Name, RequestChecks.Seconds(secret.Gone));
    }

    // What is not there is no error: a request that is sent again has the same answer.
    private static DeleteSecretResponse Force(SecretsState state, string id, CallScope scope, DateTimeOffset now)
    {
        if (state.Find(id) is not { } secret)
            return new DeleteSecretResponse(
                id.StartsWith("arn:", StringComparison.Ordinal) ? id : CreateSecret.ArnOf(scope, id), id,
                RequestChecks.Seconds(now));
        state.Remove(secret);
        return new DeleteSecretResponse(secret.Arn, secret.Name, RequestChecks.Seconds(now));
    }
}
