using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Tokens;

/// <summary>
/// Issues tokens that the application's authorizer accepts, and gives the public key that verifies them.
/// </summary>
/// <param name="key">A private key of P-256; it stays here.</param>
/// <remarks>Source: RFC 7515, appendix A.3 (ES256); RFC 7517; RFC 7638 for the key's id.</remarks>
internal sealed class TokenIssuer(ECDsa key)
{
    /// <summary>What the template tells the authorizer.</summary>
    private const string Issuer = "isobar-token";

    /// <summary>
    /// The public key as the value of the parameter TokenPublicKeys: a JSON Web Key Set in base64url, because JSON's
    /// quotes do not pass through <c>sam deploy --parameter-overrides</c>.
    /// </summary>
    public string PublicKeys => Part(JsonSerializer.SerializeToUtf8Bytes(
        new KeySetText([Key]), TokenText.Default.KeySetText));

    /// <summary>The public key as a JSON Web Key.</summary>
    public string PublicKey => JsonSerializer.Serialize(Key, TokenText.Default.KeyText);

    /// <summary>The id by which tokens name their key: its thumbprint.</summary>
    public string KeyId => Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new ThumbprintText("P-256", "EC", X, Y), TokenText.Default.ThumbprintText)));

    private KeyText Key => new("EC", "P-256", KeyId, X, Y, "sig", "ES256");

    private string X => Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: false).Q.X);

    private string Y => Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: false).Q.Y);

    /// <param name="audience">The name of the stack that it is for.</param>
    /// <param name="scope">What its bearer may do: <c>write</c>.</param>
    public string Issue(string subject, string audience, DateTimeOffset now, TimeSpan life, string scope = "write")
    {
        var head = Part(JsonSerializer.SerializeToUtf8Bytes(
            new HeaderText("ES256", "JWT", KeyId), TokenText.Default.HeaderText));
        var claims = new ClaimsText(
            Issuer, subject, audience, now.ToUnixTimeSeconds(), (now + life).ToUnixTimeSeconds(), scope);
        var body = Part(JsonSerializer.SerializeToUtf8Bytes(claims, TokenText.Default.ClaimsText));
        var signature = key.SignData(
            Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{head}.{body}.{Part(signature)}";
    }

    private static string Part(byte[] content) => Base64Url.EncodeToString(content);
}

internal sealed record KeySetText(IReadOnlyList<KeyText> Keys);

internal sealed record KeyText(string Kty, string Crv, string Kid, string X, string Y, string Use, string Alg);

/// <summary>The members that count, in the order that RFC 7638 wants them.</summary>
internal sealed record ThumbprintText(string Crv, string Kty, string X, string Y);

internal sealed record HeaderText(string Alg, string Typ, string Kid);

internal sealed record ClaimsText(string Iss, string Sub, string Aud, long Iat, long Exp, string Scope);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeySetText))]
[JsonSerializable(typeof(ThumbprintText))]
[JsonSerializable(typeof(HeaderText))]
[JsonSerializable(typeof(ClaimsText))]
internal sealed partial class TokenText : JsonSerializerContext;
