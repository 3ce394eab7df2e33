using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tests.Tokens;

/// <summary>The key set in the package of an edge function.</summary>
public sealed class KeySetFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-keys-");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string Path => System.IO.Path.Combine(folder.FullName, "keys.json");

    private JsonArray Keys => JsonNode.Parse(File.ReadAllText(Path))!["keys"]!.AsArray();

    public void Dispose()
    {
        key.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_key_is_added_once_and_without_its_secret()
    {
        File.WriteAllText(Path, """{"keys": []}""");
        var issuer = new TokenIssuer(key);
        Assert.Equal(1, KeySetFile.Add(Path, issuer));
        Assert.Equal(1, KeySetFile.Add(Path, issuer));

        var written = Assert.Single(Keys)!.AsObject();
        Assert.Equal(["kty", "crv", "kid", "x", "y", "use", "alg"], written.Select(member => member.Key));
        Assert.Equal(issuer.KeyId, written["kid"]!.ToString());
        Assert.Single(folder.EnumerateFiles());
    }

    [Fact]
    public void During_a_rotation_the_file_has_both_keys()
    {
        KeySetFile.Add(Path, new TokenIssuer(key));
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(2, KeySetFile.Add(Path, new TokenIssuer(next)));
        Assert.Equal(
            [new TokenIssuer(key).KeyId, new TokenIssuer(next).KeyId], Keys.Select(one => one!["kid"]!.ToString()));
    }

    [Theory]
    [InlineData("", "not a JSON Web Key Set")]
    [InlineData("[]", "not a JSON Web Key Set")]
    [InlineData("""{"keys":{}}""", "not a JSON Web Key Set")]
    [InlineData("""{"keys":["k"]}""", "not a JSON Web Key Set")]
    [InlineData("""{"keys":[{"kid":"k","d":"secret"}]}""", "a private key")]
    public void Another_file_stays_as_it_is(string content, string says)
    {
        File.WriteAllText(Path, content);
        var refused = Assert.Throws<InvalidDataException>(() => KeySetFile.Add(Path, new TokenIssuer(key)));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_seventeenth_key_is_refused()
    {
        var sixteen = new JsonArray([.. Enumerable.Range(0, 16).Select(i => new JsonObject { ["kid"] = $"{i}" })]);
        File.WriteAllText(Path, new JsonObject { ["keys"] = sixteen }.ToJsonString());
        Assert.Throws<InvalidDataException>(() => KeySetFile.Add(Path, new TokenIssuer(key)));
    }
}
