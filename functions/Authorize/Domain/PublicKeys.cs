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

    /// <summary>Reads a JSON Web Key Set. An empty one lets nobody in.</summary>
    /// <exception cref="InvalidDataException">
    /// It is none, or holds a private key, or a key of another kind: better no call at all than one by a wrong key.
    /// </exception>
    public static PublicKeys Read(string jwks)
    {
        KeySet set;
        try
        {
            set = JsonSerializer.Deserialize(jwks, TokenJson.Default.KeySet)
                ?? throw new InvalidDataException("The public keys are no JSON Web Key Set.");
        }
        catch (JsonException)
        {
            // Not with the text or the parser's words: there might be a private key in it.
            throw new InvalidDataException("The public keys are no JSON Web Key Set.");
        }

        if (set.Keys.Count > MaxKeys) throw new InvalidDataException($"There are more than {MaxKeys} public keys.");
        var keys = new Dictionary<string, ECDsa>(StringComparer.Ordinal);
        foreach (var entry in set.Keys)
            if (!keys.TryAdd(entry.Kid, Import(entry)))
                throw new InvalidDataException($"Two public keys have the id {entry.Kid}.");
        return new PublicKeys(keys);
    }

    internal bool Verify(string keyId, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        keys.TryGetValue(keyId, out var key)
        && key.VerifyData(
            data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

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
