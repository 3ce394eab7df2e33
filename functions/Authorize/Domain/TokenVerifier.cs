using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Isobar.Authorize;

/// <summary>Who calls, by a valid token.</summary>
/// <param name="MayWrite">Whether its scope says so.</param>
internal sealed record Caller(string Id, bool MayWrite);

/// <summary>
/// Verifies tokens: JSON Web Tokens signed by ES256 and nothing else, whatever their header says. Every failure is a
/// result, none is an exception.
/// </summary>
/// <param name="issuer">What <c>iss</c> must be.</param>
/// <param name="audience">What <c>aud</c> must be or hold: the deployment that the token is for.</param>
/// <remarks>
/// Source: RFC 7515, section 5.2; RFC 7519, section 7.2; RFC 8725 for what to refuse; RFC 6750, section 2.1, and
/// RFC 9110, section 11.1, for the header (a scheme in any case). Not Microsoft.IdentityModel.JsonWebTokens 8.23.0,
/// because of the cold start that a caller of the API waits for. The first token took it 147 ms instead of 68 (best of
/// 10 runs each, in turns, on 2 busy cores; the medians were 60 ms and 49 ms apart), and 89 instead of 46 with both
/// compiled by ReadyToRun (best of 5; the medians were alike). The start before it and the second token took as long;
/// the package has 1.2 MB instead of 0.5.
/// </remarks>
public sealed class TokenVerifier(string issuer, string audience)
{
    /// <summary>How far two clocks may be apart, in seconds.</summary>
    private const long SkewSeconds = 30;

    private const int MaxTokenLength = 4_096;
    private const int MaxSubjectLength = 128;
    private const int SignatureBytes = 64;
    private const string Scheme = "Bearer ";
    private const string WriteScope = "write";

    /// <param name="keys">Those whose signatures are trusted now.</param>
    /// <param name="authorization">The whole header.</param>
    /// <param name="problem">Why the token is invalid, for the log: no word of the token is in it.</param>
    internal Caller? TryVerify(PublicKeys keys, string? authorization, DateTimeOffset now, out string problem)
    {
        problem = "no bearer token";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        problem = "token too long";
        if (authorization.Length > MaxTokenLength) return null;
        problem = "not three parts";
        var token = authorization[Scheme.Length..].TrimStart(' ');
        if (token.Split('.') is not [var head, var body, var seal]) return null;
        problem = "unsupported token header";
        if (TryRead(head, TokenJson.Default.TokenHeader) is not { Alg: "ES256", Crit: null } header) return null;
        problem = "not signed by a known key";
        if (TryDecode(seal) is not { Length: SignatureBytes } signature
            || !keys.Verify(header.Kid, Encoding.ASCII.GetBytes($"{head}.{body}"), signature)) return null;
        problem = "claims that can't be read";
        if (TryRead(body, TokenJson.Default.Claims) is not { } claims) return null;
        problem = ProblemOf(claims, now.ToUnixTimeSeconds()) ?? "";
        return problem.Length > 0
            ? null
            : new Caller(claims.Sub, claims.Scope?.Split(' ').Contains(WriteScope, StringComparer.Ordinal) is true);
    }

    private string? ProblemOf(Claims claims, long now) => claims switch
    {
        _ when claims.Iss != issuer => "another issuer",
        _ when !claims.IsFor(audience) => "another audience",
        _ when claims.Sub.Length is 0 or > MaxSubjectLength => "subject missing or too long",
        _ when !double.IsFinite(claims.Exp) => "claims that can't be read",
        _ when now - SkewSeconds >= claims.Exp => "expired",
        { Nbf: { } from } when now + SkewSeconds < from => "not valid yet",
        _ => null,
    };

    private static T? TryRead<T>(string part, JsonTypeInfo<T> type) where T : class
    {
        if (TryDecode(part) is not { } json) return null;
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // One text for one content: without padding, and without bits that no byte has.
    private static byte[]? TryDecode(string part)
    {
        if (part.Length == 0 || !part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            || !Base64Url.IsValid(part)) return null;
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }
}
