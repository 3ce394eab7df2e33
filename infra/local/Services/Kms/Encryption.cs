using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kms;

/// <summary>Who uses a key.</summary>
/// <param name="Action">Without the service: <c>Encrypt</c>.</param>
/// <param name="Principal">The caller; null for a service of AWS, which may use the keys that AWS manages.</param>
internal readonly record struct KeyUser(string Action, string? Principal);

/// <summary>Encrypts and decrypts with the keys of a Region: looks them up in the state, works outside its lock.
/// </summary>
internal sealed class Encryption(Monitor<KmsState> keys, Identifiers identifiers)
{
    /// <summary>The key that a KeyId names, when this user can use it now.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException, InvalidArnException, AccessDeniedException,
    /// DisabledException, KMSInvalidStateException.</exception>
    public KmsKey Find(string keyId, KeyUser user) =>
        Checked(keys.Ask(static (state, id, now) => state.Find(id, now), keyId), user);

    public byte[] Encrypt(KmsKey key, byte[] plaintext, IReadOnlyDictionary<string, string>? context) =>
        key.Material.Encrypt(key.Id, plaintext, context ?? new Dictionary<string, string>(), identifiers);

    /// <summary>Finds the key of a ciphertext and decrypts it.</summary>
    /// <param name="keyId">The key that it must be; null for the one that the ciphertext names.</param>
    /// <exception cref="Wire.AwsException">As <see cref="Find"/>; InvalidCiphertextException, IncorrectKeyException.
    /// </exception>
    public (KmsKey Key, byte[] Plaintext) Decrypt(
        byte[] ciphertext, string? keyId, IReadOnlyDictionary<string, string>? context, KeyUser user)
    {
        var key = OfCiphertext(ciphertext, keyId, user, out var blob);
        return (key, key.Material.Decrypt(blob, context ?? new Dictionary<string, string>())
            ?? throw KmsErrors.InvalidCiphertext());
    }

    /// <summary>A new data key, and the same encrypted.</summary>
    public (byte[] Plaintext, byte[] Ciphertext) GenerateDataKey(
        KmsKey key, int length, IReadOnlyDictionary<string, string>? context)
    {
        var plaintext = identifiers.NewBytes(length);
        return (plaintext, Encrypt(key, plaintext, context));
    }

    private KmsKey OfCiphertext(byte[] ciphertext, string? keyId, KeyUser user, out CiphertextBlob blob)
    {
        var parsed = CiphertextBlob.TryParse(ciphertext);
        if (keyId is not null)
        {
            var wanted = Find(keyId, user);
            blob = parsed ?? throw KmsErrors.InvalidCiphertext();
            return blob.KeyId == wanted.Id ? wanted : throw KmsErrors.IncorrectKey();
        }

        blob = parsed ?? throw KmsErrors.InvalidCiphertext();
        return Checked(
            keys.Ask(static (state, of, _) => state.OfCiphertext(of), blob)
                ?? throw KmsErrors.KeyOfCiphertextNotFound(),
            user);
    }

    private static KmsKey Checked(KmsKey key, KeyUser user) => key.IsAwsManaged && user.Principal is { } principal
        ? throw KmsErrors.ManagedByAws(principal, user.Action, key.Arn)
        : key.Usable();
}
