using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Isobar.Authorize;

namespace Isobar.Functions.Tests.Authorize;

public sealed class FunctionTests : IDisposable
{
    private const string MethodArn = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/v1/POST/jobs/7/redrive";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_valid_token_allows_the_whole_stage_so_that_the_policy_can_be_cached()
    {
        var answer = await AskAsync(Token());
        Assert.Equal("alice", answer.PrincipalID);
        AssertStatement(answer, "Allow");
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write-nothing")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_valid_token_without_the_write_scope_is_denied(string? scope) =>
        AssertStatement(await AskAsync(Token(claims => claims["scope"] = scope)), "Deny");

    [Theory]
    [InlineData("exp", 1764212370L + 0)]
    [InlineData("nbf", 1827370000L)]
    [InlineData("iss", "somebody")]
    [InlineData("aud", "another-stack")]
    [InlineData("sub", "")]
    public async Task A_token_with_a_wrong_claim_is_invalid(string claim, object value) =>
        await AssertInvalidAsync(Token(claims => claims[claim] = JsonValue.Create(value)));

    [Theory]
    [InlineData("exp")]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    public async Task A_token_without_a_required_claim_is_invalid(string claim)
    {
        await AssertInvalidAsync(Token(claims => claims.Remove(claim)));
        await AssertInvalidAsync(Token(claims => claims[claim] = null));
        await AssertInvalidAsync(Token(claims => claims[claim] = new JsonArray(1)));
    }

    [Theory]
    [InlineData(-29, true)]
    [InlineData(-30, false)]
    public async Task A_token_is_valid_30_seconds_longer_to_allow_for_clock_skew(int seconds, bool isValid)
    {
        var token = Token(claims => claims["exp"] = Tokens.Now.ToUnixTimeSeconds() + seconds);
        if (isValid) AssertStatement(await AskAsync(token), "Allow");
        else await AssertInvalidAsync(token);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    [InlineData("")]
    public async Task A_token_with_another_algorithm_is_invalid_even_with_a_valid_signature(string algorithm)
    {
        var header = Tokens.Header();
        header["alg"] = algorithm;
        await AssertInvalidAsync(Tokens.Sign(key, header, Tokens.Claims()));
    }

    [Fact]
    public async Task A_token_without_a_signature_is_invalid()
    {
        var none = Tokens.Header();
        none["alg"] = "none";
        await AssertInvalidAsync($"{Tokens.Part(none)}.{Tokens.Part(Tokens.Claims())}.");
        await AssertInvalidAsync($"{Tokens.Part(Tokens.Header())}.{Tokens.Part(Tokens.Claims())}.");
    }

    [Fact]
    public async Task A_token_signed_by_HMAC_with_the_public_key_is_invalid()
    {
        var header = Tokens.Header();
        header["alg"] = "HS256";
        var text = $"{Tokens.Part(header)}.{Tokens.Part(Tokens.Claims())}";
        var seal = HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(text));
        await AssertInvalidAsync($"{text}.{Base64Url.EncodeToString(seal)}");
    }

    [Fact]
    public async Task A_forged_token_is_invalid()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AssertInvalidAsync(Tokens.Sign(other, Tokens.Header(), Tokens.Claims()));
        var parts = Token().Split('.');
        var mallory = Tokens.Claims();
        mallory["sub"] = "mallory";
        await AssertInvalidAsync($"{parts[0]}.{Tokens.Part(mallory)}.{parts[2]}");
        await AssertInvalidAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}");
    }

    [Fact]
    public async Task The_key_is_chosen_by_its_id_only()
    {
        var header = Tokens.Header();
        header["kid"] = "second";
        await AssertInvalidAsync(Tokens.Sign(key, header, Tokens.Claims()));
        header.Remove("kid");
        await AssertInvalidAsync(Tokens.Sign(key, header, Tokens.Claims()));
    }

    [Fact]
    public async Task A_token_with_a_critical_header_is_invalid()
    {
        var header = Tokens.Header();
        header["crit"] = new JsonArray("b64");
        await AssertInvalidAsync(Tokens.Sign(key, header, Tokens.Claims()));
    }

    [Fact]
    public async Task Both_keys_are_accepted_during_a_key_rotation()
    {
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = Tokens.Set(Tokens.PublicKey(key), Tokens.PublicKey(next, "second"));
        var header = Tokens.Header();
        header["kid"] = "second";
        AssertStatement(await AskAsync(Token(), keys), "Allow");
        AssertStatement(await AskAsync(Tokens.Sign(next, header, Tokens.Claims()), keys), "Allow");

        var joined = $"{Tokens.Set(Tokens.PublicKey(key))}.{Tokens.Set(Tokens.PublicKey(next, "second"))}";
        AssertStatement(await AskAsync(Token(), joined), "Allow");
        AssertStatement(await AskAsync(Tokens.Sign(next, header, Tokens.Claims()), joined), "Allow");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("bEaReR")]
    public async Task The_scheme_Bearer_is_not_case_sensitive(string scheme)
    {
        AssertStatement(await AskHeaderAsync($"{scheme} {Token()}", null), "Allow");
        AssertStatement(await AskHeaderAsync($"{scheme}   {Token()}", null), "Allow");
        await AssertRefusedAsync($"{scheme}{Token()}");
        await AssertRefusedAsync($"{scheme}\t{Token()}");
        await AssertRefusedAsync($" {scheme} {Token()}");
    }

    [Theory]
    [InlineData("""["isobar"]""", true)]
    [InlineData("""["another-stack","isobar"]""", true)]
    [InlineData("""["isobar","isobar"]""", true)]
    [InlineData("""["another-stack"]""", false)]
    [InlineData("""["isobar-edge","Isobar"]""", false)]
    [InlineData("""[]""", false)]
    [InlineData("""["isobar",7]""", false)]
    [InlineData("""[["isobar"]]""", false)]
    [InlineData("""{"isobar":true}""", false)]
    public async Task The_audience_is_a_string_or_an_array_of_strings(string audience, bool isValid)
    {
        var token = Token(claims => claims["aud"] = JsonNode.Parse(audience));
        if (isValid) AssertStatement(await AskAsync(token), "Allow");
        else await AssertInvalidAsync(token);
    }

    [Theory]
    [InlineData(600.5, -0.25, true)]
    [InlineData(0.001, 0, true)]
    [InlineData(-29.5, 29.5, true)]
    [InlineData(-30.5, 0, false)]
    [InlineData(600, 30.5, false)]
    public async Task Times_may_have_a_fraction(double expiresAfter, double beginsAfter, bool isValid)
    {
        var token = Token(claims =>
        {
            claims["exp"] = Tokens.Now.ToUnixTimeSeconds() + expiresAfter;
            claims["nbf"] = Tokens.Now.ToUnixTimeSeconds() + beginsAfter;
            claims["iat"] = 1.7e9;
        });
        if (isValid) AssertStatement(await AskAsync(token), "Allow");
        else await AssertInvalidAsync(token);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"1827370000\"")]
    [InlineData("true")]
    public async Task A_token_whose_time_is_not_a_number_is_invalid(string time) =>
        await AssertInvalidAsync(Token(claims => claims["exp"] = JsonNode.Parse(time)));

    [Fact]
    public async Task Without_keys_every_token_is_invalid() => await AssertInvalidAsync(Token(), Tokens.Set());

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a")]
    [InlineData("Bearer a.b")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer a.b.c.d")]
    [InlineData("Bearer ...")]
    [InlineData("Bearer é.é.é")]
    [InlineData("Basic YWxpY2U6c2VjcmV0")]
    [InlineData(null)]
    public async Task Text_that_is_not_a_token_is_invalid(string? authorization) =>
        await AssertRefusedAsync(authorization);

    [Fact]
    public async Task A_random_token_and_a_token_with_one_change_are_invalid()
    {
        var seed = Seeds.Or(20261127);
        var random = new Random(seed);
        var good = $"Bearer {Token()}";
        for (var round = 0; round < 2_000; round++)
        {
            var text = good.ToCharArray();
            var at = random.Next("Bearer ".Length, text.Length);
            char other;
            do other = (char)random.Next(32, 127);
            while (other == text[at]);
            text[at] = other;
            var changed = new string(text);
            await AssertRefusedAsync(changed, $"seed {seed}, round {round}: {changed}");
        }
    }

    [Fact]
    public async Task A_token_that_is_too_long_is_not_parsed() =>
        await AssertInvalidAsync(Token(claims => claims["more"] = new string('x', 4_096)));

    private static void AssertStatement(APIGatewayCustomAuthorizerResponse answer, string effect)
    {
        var statement = Assert.Single(answer.PolicyDocument.Statement);
        Assert.Equal(effect, statement.Effect);
        Assert.Equal(["execute-api:Invoke"], statement.Action);
        Assert.Equal(["arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/v1/*"], statement.Resource);
    }

    private string Token(Action<JsonObject>? change = null)
    {
        var claims = Tokens.Claims();
        change?.Invoke(claims);
        return Tokens.Sign(key, Tokens.Header(), claims);
    }

    private Task AssertInvalidAsync(string token, string? keys = null) =>
        AssertRefusedAsync($"Bearer {token}", token, keys);

    private async Task AssertRefusedAsync(string? authorization, string? why = null, string? keys = null)
    {
        var failure = await Record.ExceptionAsync(() => AskHeaderAsync(authorization, keys));
        Assert.True(failure is UnauthorizedException { Message: "Unauthorized" }, $"{why}: {failure}");
    }

    private Task<APIGatewayCustomAuthorizerResponse> AskAsync(string token, string? keys = null) =>
        AskHeaderAsync($"Bearer {token}", keys);

    private async Task<APIGatewayCustomAuthorizerResponse> AskHeaderAsync(string? authorization, string? keys)
    {
        var source = new FixedKeys(PublicKeys.Read(keys ?? Tokens.Set(Tokens.PublicKey(key))));
        var verifier = new TokenVerifier(Tokens.Issuer, Tokens.Audience);
        return await new Function(source, verifier, new FixedTime()).Authorize(
            new APIGatewayCustomAuthorizerRequest { AuthorizationToken = authorization!, MethodArn = MethodArn },
            new Invocation());
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Tokens.Now;
    }
}
