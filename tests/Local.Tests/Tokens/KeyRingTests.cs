using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tests.Tokens;

public sealed class KeyRingTests
{
    private const string None = "eyJrZXlzIjpbXX0";

    [Fact]
    public void Keys_are_added_once_and_removed_by_their_ids()
    {
        var (first, second) = (PublicKey(), PublicKey());
        var both = KeyRing.Read(None).With(first).With(second).With(first);
        Assert.Equal([IdOf(first), IdOf(second)], both.Ids);
        Assert.Equal(both.Ids, KeyRing.Read($"{first}.{second}").Ids);
        Assert.Equal(second, both.Without(id => id == IdOf(first)).Text);
        Assert.Equal(None, both.Without(_ => true).Text);
    }

    [Fact]
    public void What_another_program_wrote_of_a_key_stays()
    {
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(PublicKey()))
            .Replace("\"use\":\"sig\"", "\"note\":\"of a partner\"", StringComparison.Ordinal);
        Assert.Equal(Text(key), KeyRing.Read(Text(key)).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("{}")]
    [InlineData("eyJrZXlzIjpbXX0.")]
    [InlineData("eyJrZXlzIjpbXX0=.")]
    [InlineData("bnVsbA")]
    [InlineData("W10")]
    [InlineData("e30")]
    public void Text_that_is_no_key_set_is_refused(string text) =>
        Assert.Throws<FormatException>(() => KeyRing.Read(text));

    [Theory]
    [InlineData("""{"keys":[1]}""")]
    [InlineData("""{"keys":[{}]}""")]
    [InlineData("""{"keys":[{"kid":"a","kty":"RSA","crv":"","x":"","y":""}]}""")]
    [InlineData("""{"keys":[{"kid":"a","kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":[{"kid":"a","kty":"EC","crv":"P-256","x":"!","y":"!"}]}""")]
    [InlineData("""{"keys":[{"kid":1,"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""")]
    public void What_the_authorizer_would_refuse_is_refused_before_it_is_written(string json) =>
        Assert.Throws<FormatException>(() => KeyRing.Read(Text(json)));

    [Fact]
    public void A_private_key_is_refused_and_not_quoted()
    {
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(PublicKey()))
            .Replace("\"kty\"", "\"d\":\"secret\",\"kty\"", StringComparison.Ordinal);
        var refused = Assert.Throws<FormatException>(() => KeyRing.Read(Text(key)));
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_keys_with_one_id_are_refused()
    {
        var key = PublicKey();
        Assert.Throws<FormatException>(() => KeyRing.Read($"{key}.{key}"));
    }

    [Fact]
    public void A_parameter_of_the_standard_tier_has_room_for_14_keys_and_the_15th_is_refused()
    {
        var ring = KeyRing.Read(None);
        for (var count = 0; count < 14; count++) ring = ring.With(PublicKey());
        Assert.InRange(ring.Text.Length, 3_800, KeyRing.MaxCharacters);
        var refused = Assert.Throws<FormatException>(() => ring.With(PublicKey()));
        Assert.Contains("Retire some.", refused.Message, StringComparison.Ordinal);
    }

    private static string PublicKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TokenIssuer(key).PublicKeys;
    }

    private static string IdOf(string keys) => Assert.Single(KeyRing.Read(keys).Ids);

    private static string Text(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
