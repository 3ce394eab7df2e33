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
    public async Task A_good_token_may_call_the_whole_stage_so_that_the_answer_can_be_kept()
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
    public async Task A_good_token_that_is_not_for_writing_is_denied(string? scope) =>
        AssertStatement(await AskAsync(Token(claims => claims["scope"] = scope)), "Deny");

    [Theory]
    [InlineData("exp", 1764212370L + 0)]
    [InlineData("nbf", 1827370000L)]
    [InlineData("iss", "somebody")]
    [InlineData("aud", "another-stack")]
    [InlineData("sub", "")]
    public async Task A_claim_that_does_not_fit_lets_nobody_in(string claim, object value) =>
        await AssertNobodyAsync(Token(claims => claims[claim] = JsonValue.Create(value)));

    [Theory]
    [InlineData("exp")]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    public async Task A_claim_that_is_missing_lets_nobody_in(string claim)
    {
        await AssertNobodyAsync(Token(claims => claims.Remove(claim)));
        await AssertNobodyAsync(Token(claims => claims[claim] = null));
        await AssertNobodyAsync(Token(claims => claims[claim] = new JsonArray(1)));
    }

    [Theory]
    [InlineData(-29, true)]
    [InlineData(-30, false)]
    public async Task A_token_expires_half_a_minute_late_for_the_sake_of_clocks(int seconds, bool isIn)
    {
        var token = Token(claims => claims["exp"] = Tokens.Now.ToUnixTimeSeconds() + seconds);
        if (isIn) AssertStatement(await AskAsync(token), "Allow");
        else await AssertNobodyAsync(token);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    [InlineData("")]
    public async Task No_other_algorithm_is_taken_even_over_a_good_signature(string algorithm)
    {
        var header = Tokens.Header();
        header["alg"] = algorithm;
        await AssertNobodyAsync(Tokens.Sign(key, header, Tokens.Claims()));
    }

    [Fact]
    public async Task A_token_without_a_signature_is_worth_nothing()
    {
        var none = Tokens.Header();
        none["alg"] = "none";
        await AssertNobodyAsync($"{Tokens.Part(none)}.{Tokens.Part(Tokens.Claims())}.");
        await AssertNobodyAsync($"{Tokens.Part(Tokens.Header())}.{Tokens.Part(Tokens.Claims())}.");
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        var header = Tokens.Header();
        header["alg"] = "HS256";
        var text = $"{Tokens.Part(header)}.{Tokens.Part(Tokens.Claims())}";
        var seal = HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(text));
        await AssertNobodyAsync($"{text}.{Base64Url.EncodeToString(seal)}");
    }

    [Fact]
    public async Task A_forged_token_is_worth_nothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AssertNobodyAsync(Tokens.Sign(other, Tokens.Header(), Tokens.Claims()));
        var parts = Token().Split('.');
        var mallory = Tokens.Claims();
        mallory["sub"] = "mallory";
        await AssertNobodyAsync($"{parts[0]}.{Tokens.Part(mallory)}.{parts[2]}");
        await AssertNobodyAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}");
    }

    [Fact]
    public async Task A_key_is_known_by_its_id_alone()
    {
        var header = Tokens.Header();
        header["kid"] = "second";
        await AssertNobodyAsync(Tokens.Sign(key, header, Tokens.Claims()));
        header.Remove("kid");
        await AssertNobodyAsync(Tokens.Sign(key, header, Tokens.Claims()));
    }

    [Fact]
    public async Task An_extension_that_is_critical_is_refused()
    {
        var header = Tokens.Header();
        header["crit"] = new JsonArray("b64");
        await AssertNobodyAsync(Tokens.Sign(key, header, Tokens.Claims()));
    }

    [Fact]
    public async Task Both_keys_are_good_while_one_replaces_the_other()
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
    public async Task A_scheme_is_written_in_any_case(string scheme)
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
    public async Task An_audience_is_one_text_or_an_array_of_them(string audience, bool isIn)
    {
        var token = Token(claims => claims["aud"] = JsonNode.Parse(audience));
        if (isIn) AssertStatement(await AskAsync(token), "Allow");
        else await AssertNobodyAsync(token);
    }

    [Theory]
    [InlineData(600.5, -0.25, true)]
    [InlineData(0.001, 0, true)]
    [InlineData(-29.5, 29.5, true)]
    [InlineData(-30.5, 0, false)]
    [InlineData(600, 30.5, false)]
    public async Task Times_may_have_a_fraction(double expiresAfter, double beginsAfter, bool isIn)
    {
        var token = Token(claims =>
        {
            claims["exp"] = Tokens.Now.ToUnixTimeSeconds() + expiresAfter;
            claims["nbf"] = Tokens.Now.ToUnixTimeSeconds() + beginsAfter;
            claims["iat"] = 1.7e9;
        });
        if (isIn) AssertStatement(await AskAsync(token), "Allow");
        else await AssertNobodyAsync(token);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"1827370000\"")]
    [InlineData("true")]
    public async Task A_time_that_is_no_number_lets_nobody_in(string time) =>
        await AssertNobodyAsync(Token(claims => claims["exp"] = JsonNode.Parse(time)));

    [Fact]
    public async Task Without_keys_nobody_is_let_in() => await AssertNobodyAsync(Token(), Tokens.Set());

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
    public async Task Garbage_lets_nobody_in(string? authorization) => await AssertRefusedAsync(authorization);

    [Fact]
    public async Task A_token_at_random_or_changed_in_one_place_lets_nobody_in()
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
    public async Task A_token_over_the_usual_size_is_not_looked_at() =>
        await AssertNobodyAsync(Token(claims => claims["more"] = new string('x', 4_096)));

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

    private Task AssertNobodyAsync(string token, string? keys = null) =>
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
        var verifier = new TokenVerifier(
            PublicKeys.Read(keys ?? Tokens.Set(Tokens.PublicKey(key))), Tokens.Issuer, Tokens.Audience);
        return await new Function(verifier, new FixedTime()).Authorize(
            new APIGatewayCustomAuthorizerRequest { AuthorizationToken = authorization!, MethodArn = MethodArn },
            new Invocation());
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Tokens.Now;
    }
}
