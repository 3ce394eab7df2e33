using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Authorize;

namespace Isobar.Functions.Tests.Authorize;

public sealed class PublicKeysTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_private_key_in_the_set_is_an_error_that_does_not_quote_the_key()
    {
        var entry = Tokens.PublicKey(key);
        var secret = Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: true).D);
        entry["d"] = secret;
        var refusal = Assert.Throws<InvalidDataException>(() => PublicKeys.Read(Tokens.Set(entry)));
        Assert.DoesNotContain(secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[{}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"a","crv":"","x":"","y":""}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","kid":"a","crv":"P-256","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","kid":"a","crv":"P-256","x":"!","y":"!"}]}""")]
    public void JSON_that_is_not_a_key_set_is_an_error(string json) => Assert.Throws<InvalidDataException>(
        () => PublicKeys.Read(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("{")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("eyJrZXlzIjpbXX0.")]
    [InlineData(".eyJrZXlzIjpbXX0")]
    [InlineData("eyJrZXlzIjpbXX0 eyJrZXlzIjpbXX0")]
    [InlineData("eyJrZXlzIjpbXX0/")]
    [InlineData("eyJrZXlzIjpbXX")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    public void Text_that_is_not_a_key_set_in_base64url_is_an_error_that_names_the_command(string parameter)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => PublicKeys.Read(parameter));
        Assert.Contains("public keys of tokens", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("isobar token keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_an_error()
    {
        var entry = Tokens.PublicKey(key);
        entry["x"] = Base64Url.EncodeToString(Enumerable.Repeat((byte)1, 32).ToArray());
        Assert.Throws<InvalidDataException>(() => PublicKeys.Read(Tokens.Set(entry)));
    }

    [Fact]
    public void Two_keys_with_one_id_or_more_than_16_keys_are_an_error()
    {
        Assert.Throws<InvalidDataException>(
            () => PublicKeys.Read(Tokens.Set(Tokens.PublicKey(key), Tokens.PublicKey(key))));
        PublicKeys.Read(Tokens.Set(Many(16)));
        Assert.Throws<InvalidDataException>(() => PublicKeys.Read(Tokens.Set(Many(17))));
    }

    private JsonNode[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Tokens.PublicKey(key, $"{number}"))];
}
