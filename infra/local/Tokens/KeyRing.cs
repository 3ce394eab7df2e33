using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Isobar.Local.Tokens;

/// <summary>The public keys that a stack trusts, as a text: JSON Web Key Sets in base64url, joined by dots.</summary>
/// <remarks>Source: RFC 7517. What the authorizer would refuse is refused here, before it is written.</remarks>
internal sealed class KeyRing
{
    /// <summary>The authorizer's limit.</summary>
    public const int MaxKeys = 16;

    /// <summary>Of a parameter's value in the standard tier, which costs nothing.</summary>
    /// <remarks>Source: AWS Systems Manager API Reference, PutParameter, Tier.</remarks>
    public const int MaxCharacters = 4_096;

    private const int CoordinateBytes = 32;

    private readonly IReadOnlyList<JsonElement> keys;

    private KeyRing(IReadOnlyList<JsonElement> keys)
    {
        this.keys = keys;
        Ids = [.. keys.Select(Checked)];
        Text = Write(keys);
        if (Ids.Distinct(StringComparer.Ordinal).Count() < Ids.Count)
            throw new FormatException("Two keys have one id.");
        if (Ids.Count > MaxKeys)
            throw new FormatException($"There are {Ids.Count} keys, and at most {MaxKeys} are taken. Retire some.");
        if (Text.Length > MaxCharacters)
            throw new FormatException($"{Ids.Count} keys take {Text.Length} characters, and a parameter has at most "
                + $"{MaxCharacters}. Retire some.");
    }

    /// <summary>The keys' ids, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>All keys as one set.</summary>
    public string Text { get; }

    /// <exception cref="FormatException">The text is none, or it has what the authorizer refuses.</exception>
    public static KeyRing Read(string text) => new([.. text.Split('.').SelectMany(ReadSet)]);

    /// <summary>With the keys of a text beside these; one that is there already stays as it is.</summary>
    /// <exception cref="FormatException">It has no room for them.</exception>
    public KeyRing With(string text)
    {
        var known = Ids.ToHashSet(StringComparer.Ordinal);
        return new KeyRing([.. keys, .. Read(text).keys.Where(key => !known.Contains(IdOf(key)))]);
    }

    /// <summary>Without those that are retired.</summary>
    public KeyRing Without(Func<string, bool> isRetired) => new([.. keys.Where(key => !isRetired(IdOf(key)))]);

    private static IEnumerable<JsonElement> ReadSet(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            return [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.Clone())];
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            // Its text stays out: what is written there is not known.
            throw new FormatException("The text is not a JSON Web Key Set in base64url.");
        }
    }

    private static string IdOf(JsonElement key) => Member(key, "kid");

    /// <returns>The key's id.</returns>
    private static string Checked(JsonElement key)
    {
        var id = IdOf(key);
        if (key.TryGetProperty("d", out _)) throw new FormatException($"Key {id} has a private part (d).");
        if ((Member(key, "kty"), Member(key, "crv")) != ("EC", "P-256"))
            throw new FormatException($"Key {id} is not an EC key for P-256.");
        try
        {
            using var point = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Coordinate(key, "x"), Y = Coordinate(key, "y") },
            });
            return id;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new FormatException($"The coordinates x and y of key {id} are not a point of P-256.", e);
        }
    }

    private static string Member(JsonElement key, string name) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"A key has no text {name}.");

    private static byte[] Coordinate(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(Member(key, name)) is { Length: CoordinateBytes } bytes
            ? bytes
            : throw new FormatException($"{name} has other than {CoordinateBytes} bytes.");

    private static string Write(IReadOnlyList<JsonElement> keys)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in keys) key.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(stream.ToArray());
    }
}
