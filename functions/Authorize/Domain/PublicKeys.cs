using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Isobar.Authorize;

/// <summary>The keys that tokens may be signed with, each for the curve P-256, by their ids.</summary>
public sealed class PublicKeys
{
    /// <summary>Two while keys change; more than these are a mistake.</summary>
    private const int MaxKeys = 16;

    private const int CoordinateBytes = 32;

    private readonly Dictionary<string, ECDsa> keys;

    private PublicKeys(Dictionary<string, ECDsa> keys) => this.keys = keys;

    /// <summary>Reads the value of the parameter TokenPublicKeys. A set without keys lets nobody in.</summary>
    /// <param name="parameter">
    /// A JSON Web Key Set in base64url without padding; or several, with a dot between them, while keys change.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// It is none, or holds a private key, or a key of another kind. The function then fails at its start: it must not
    /// trust a key that is not the one that was meant.
    /// </exception>
    public static PublicKeys Read(string parameter)
    {
        var keys = new Dictionary<string, ECDsa>(StringComparer.Ordinal);
        foreach (var entry in parameter.Split('.').SelectMany(part => ReadSet(part).Keys))
            if (!keys.TryAdd(entry.Kid, Import(entry)))
                throw new InvalidDataException($"Two public keys have the id {entry.Kid}.");
        return keys.Count <= MaxKeys
            ? new PublicKeys(keys)
            : throw new InvalidDataException($"There are more than {MaxKeys} public keys.");
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
            // Not with the text or the parser's words: there might be a private key in it.
        }

        throw new InvalidDataException(
            "TOKEN_PUBLIC_KEYS is not a JSON Web Key Set in base64url, as the command `isobar token keys` prints it.");
    }

    private static ECDsa Import(KeyEntry entry)
    {
        if (entry.D is not null) throw new InvalidDataException($"Key {entry.Kid} holds a private key.");
        if (entry is not { Kty: "EC", Crv: "P-256" }) throw new InvalidDataException($"Key {entry.Kid} is not P-256.");
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
            throw new InvalidDataException($"Key {entry.Kid} is no point of P-256.", e);
        }
    }

    private static byte[] Coordinate(string text) =>
        Base64Url.DecodeFromChars(text) is { Length: CoordinateBytes } bytes
            ? bytes
            : throw new FormatException("A coordinate has 32 bytes.");
}
