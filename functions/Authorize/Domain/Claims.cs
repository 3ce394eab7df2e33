using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Authorize;

/// <summary>The header of a token. Whatever else it says changes nothing, except what it calls critical.</summary>
/// <param name="Crit">Extensions that a verifier must understand; there is none that this one does.</param>
/// <remarks>Source: RFC 7515, sections 4.1.1, 4.1.4 and 4.1.11.</remarks>
internal sealed record TokenHeader(string Alg, string Kid, JsonElement? Crit = null);

/// <summary>What a token claims. Times are seconds since 1970 and may have a fraction.</summary>
/// <param name="Sub">Who calls.</param>
/// <param name="Aud">For whom the token is: a text, or an array of texts.</param>
/// <param name="Exp">From then on the token is invalid; one without it is refused.</param>
/// <param name="Nbf">Before then the token is invalid.</param>
/// <param name="Scope">What the caller may do, separated by spaces.</param>
/// <remarks>Source: RFC 7519, sections 2 (NumericDate) and 4.1; RFC 8693, section 4.2.</remarks>
internal sealed record Claims(
    string Iss, string Sub, JsonElement Aud, double Exp, double? Nbf = null, string? Scope = null)
{
    /// <summary>Whether this audience is the token's, or one of them.</summary>
    public bool IsFor(string audience) => Aud.ValueKind switch
    {
        JsonValueKind.String => Aud.ValueEquals(audience),
        JsonValueKind.Array => Aud.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            && Aud.EnumerateArray().Any(one => one.ValueEquals(audience)),
        _ => false,
    };
}

/// <summary>Public keys by their ids, as RFC 7517 writes them.</summary>
internal sealed record KeySet(IReadOnlyList<KeyEntry> Keys);

/// <param name="X">The point, in base64url without padding, 32 bytes each.</param>
/// <param name="D">The private key, which must not be here.</param>
internal sealed record KeyEntry(string Kty, string Crv, string Kid, string X, string Y, string? D = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(TokenHeader))]
[JsonSerializable(typeof(Claims))]
[JsonSerializable(typeof(KeySet))]
internal sealed partial class TokenJson : JsonSerializerContext;
