using System.Security.Cryptography;
using Isobar.Authorize;
using Isobar.Local.Tokens;

namespace Isobar.Functions.Tests.Authorize;

/// <summary>The host issues and the function verifies; they share no code, so here they are put together.</summary>
public sealed class IssuedTokenTests
{
    [Theory]
    [InlineData("write", true)]
    [InlineData("read", false)]
    public void A_token_of_the_command_is_valid_with_the_public_key_of_the_command(string scope, bool mayWrite)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new TokenIssuer(key);
        var token = issuer.Issue("local", Tokens.Audience, Tokens.Now, TimeSpan.FromHours(1), scope);
        var keys = PublicKeys.Read(issuer.PublicKeys);
        var verifier = new TokenVerifier(Tokens.Issuer, Tokens.Audience);

        Assert.Equal(new Caller("local", mayWrite), verifier.TryVerify(keys, $"Bearer {token}", Tokens.Now, out _));
        Assert.Null(verifier.TryVerify(keys, $"Bearer {token}", Tokens.Now.AddHours(2), out var problem));
        Assert.Equal("expired", problem);
    }
}
