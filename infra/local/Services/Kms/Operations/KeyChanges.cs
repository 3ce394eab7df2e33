using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

internal sealed record UpdateKeyDescriptionRequest(string? KeyId, string? Description);

/// <summary>Changes of a key, which only a customer's own key can have.</summary>
/// <remarks>Source: AWS KMS API Reference, EnableKey, DisableKey, UpdateKeyDescription.</remarks>
internal static class KeyChanges
{
    /// <summary>Lets a key be used again.</summary>
    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException,
    /// AccessDeniedException, KMSInvalidStateException.</exception>
    public static EmptyResponse Enable(Monitor<KmsState> keys, KeyRequest request, CallScope scope) =>
        Set(keys, "EnableKey", request.Checked(), scope, key => key with { State = KeyState.Enabled });

    /// <summary>Stops every use of a key until it is enabled.</summary>
    /// <exception cref="AwsException">As <see cref="Enable"/>.</exception>
    public static EmptyResponse Disable(Monitor<KmsState> keys, KeyRequest request, CallScope scope) =>
        Set(keys, "DisableKey", request.Checked(), scope, key => key with { State = KeyState.Disabled });

    /// <exception cref="AwsException">As <see cref="Enable"/>.</exception>
    public static EmptyResponse Describe(
        Monitor<KmsState> keys, UpdateKeyDescriptionRequest request, CallScope scope)
    {
        new ModelConstraints()
            .KeyId("keyId", request.KeyId)
            .Required("description", request.Description)
            .Length("description", request.Description, 0, KmsLimits.MaxDescriptionCharacters)
            .ThrowIfAny();
        return Set(keys, "UpdateKeyDescription", request.KeyId!, scope,
            key => key with { Description = request.Description! });
    }

    private static EmptyResponse Set(
        Monitor<KmsState> keys, string action, string keyId, CallScope scope, Func<KmsKey, KmsKey> change)
    {
        keys.Post((state, _) => state.Replace(change(state.ChangeableNow(keyId, action, scope.Principal.Name))));
        return new EmptyResponse();
    }
}
