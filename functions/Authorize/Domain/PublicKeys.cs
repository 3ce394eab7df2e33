using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Isobar.Authorize;

/// <summary>The P-256 public keys that verify token signatures (ES256), by key id (kid).</summary>
public sealed class PublicKeys
{
    /// <summary>During a key rotation there are two; more than 16 can only be a mistake.</summary>
    private const int MaxKeys = 16;

    private const int CoordinateBytes = 32;

    private readonly Dictionary<string, ECDsa> keys;

    private PublicKeys(Dictionary<string, ECDsa> keys) => this.keys = keys;

    /// <summary>Reads what `isobar token keys` prints. Without keys, every token is invalid.</summary>
    /// <param name="text">
    /// A JSON Web Key Set in base64url without padding; during a key rotation several of them, separated by dots.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The value is not a JSON Web Key Set, or it has a private key or a key that is not for P-256, or the same id
    /// twice, or too many keys. All of them are refused then: better than to trust a wrong key.
    /// </exception>
    public static PublicKeys Read(string text)
    {
        var keys = new Dictionary<string, ECDsa>(StringComparer.Ordinal);
        foreach (var entry in text.Split('.').SelectMany(part => ReadSet(part).Keys))
            if (!keys.TryAdd(entry.Kid, Import(entry)))
                throw new InvalidDataException($"The public keys of tokens have two with the id {entry.Kid}.");
        return keys.Count <= MaxKeys
            ? new PublicKeys(keys)
            : throw new InvalidDataException($"There are more than {MaxKeys} public keys of tokens.");
    }

    internal bool Verify(string keyId, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        keys.TryGetValue(keyId, out var key)
        && key.VerifyData(
            data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static KeySet ReadSet(string part)
    {
        try
        {
            if (JsonSerializer.Deserialize(Base64Url.DecodeFromChars(part), TokenJson.Default.KeySet) is { } set)
                return set;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // The message must not quote the value or the parser: a private key could be in it, and would be logged.
        }

        throw new InvalidDataException(
            "The public keys of tokens are not a JSON Web Key Set in base64url, as the command `isobar token keys` "
            + "prints it.");
    }

    private static ECDsa Import(KeyEntry entry)
    {
        if (entry.D is not null)
            throw new InvalidDataException($"Key {entry.Kid} has a private part (d). Give the public key only.");
        if (entry is not { Kty: "EC", Crv: "P-256" })
            throw new InvalidDataException($"Key {entry.Kid} is not an EC key for P-256.");
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Coordinate(entry.X), Y = Coordinate(entry.Y) },
            });
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new InvalidDataException($"The coordinates x and y of key {entry.Kid} are not a point of P-256.", e);
        }
    }

    private static byte[] Coordinate(string text) =>
        Base64Url.DecodeFromChars(text) is { Length: CoordinateBytes } bytes
            ? bytes
            : throw new FormatException("A coordinate of a P-256 key must have 32 bytes.");
}
