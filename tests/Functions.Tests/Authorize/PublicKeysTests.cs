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
    public void A_set_with_a_private_key_in_it_is_refused_without_a_word_of_it()
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
    public void What_is_no_set_of_keys_is_refused(string json) => Assert.Throws<InvalidDataException>(
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
    public void What_is_no_base64url_of_one_fails_with_the_command_that_prints_it(string parameter)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => PublicKeys.Read(parameter));
        Assert.Contains("TOKEN_PUBLIC_KEYS", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("isobar token keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_refused()
    {
        var entry = Tokens.PublicKey(key);
        entry["x"] = Base64Url.EncodeToString(Enumerable.Repeat((byte)1, 32).ToArray());
        Assert.Throws<InvalidDataException>(() => PublicKeys.Read(Tokens.Set(entry)));
    }

    [Fact]
    public void One_id_means_one_key_and_there_are_at_most_sixteen()
    {
        Assert.Throws<InvalidDataException>(
            () => PublicKeys.Read(Tokens.Set(Tokens.PublicKey(key), Tokens.PublicKey(key))));
        PublicKeys.Read(Tokens.Set(Many(16)));
        Assert.Throws<InvalidDataException>(() => PublicKeys.Read(Tokens.Set(Many(17))));
    }

    private JsonNode[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Tokens.PublicKey(key, $"{number}"))];
}
