using System.Security.Cryptography;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kms;

/// <summary>The secret of a key, and what is done with it. Nothing returns or prints the secret.</summary>
internal sealed class KeyMaterial
{
    private readonly byte[] secret;

    private KeyMaterial(byte[] secret) => this.secret = secret;

    public static KeyMaterial New(Identifiers identifiers) => new(identifiers.NewBytes(KmsLimits.MaterialBytes));

    /// <summary>Encrypts by AES-GCM, with a nonce of its own each time.</summary>
    /// <param name="key">The key that this is the material of; the ciphertext names it.</param>
    /// <param name="context">Authenticated with the ciphertext, and not in it.</param>
    public byte[] Encrypt(
        Guid key, byte[] plaintext, IReadOnlyDictionary<string, string> context, Identifiers identifiers)
    {
        var blob = new CiphertextBlob(key, identifiers.NewBytes(CiphertextBlob.NonceBytes), plaintext.Length);
        using var aes = new AesGcm(secret, CiphertextBlob.TagBytes);
        aes.Encrypt(blob.Nonce, plaintext, blob.Body, blob.Tag, blob.AuthenticatedWith(context));
        return blob.Bytes;
    }

    /// <returns>The plaintext; null when the ciphertext or the context is not what was encrypted.</returns>
    public byte[]? Decrypt(CiphertextBlob blob, IReadOnlyDictionary<string, string> context)
    {
        var plaintext = new byte[blob.Body.Length];
        using var aes = new AesGcm(secret, CiphertextBlob.TagBytes);
        try
        {
            aes.Decrypt(blob.Nonce, blob.Body, blob.Tag, plaintext, blob.AuthenticatedWith(context));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
