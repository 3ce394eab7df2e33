using System.Security.Cryptography;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tests.Tokens;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-key-");

    private string Path => System.IO.Path.Combine(folder.FullName, "isobar", "token-key.pem");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_key_is_made_once_and_is_its_users_alone()
    {
        using var first = KeyFile.LoadOrCreate(Path);
        using var second = KeyFile.LoadOrCreate(Path);
        Assert.Equal(new TokenIssuer(first).PublicKeys, new TokenIssuer(second).PublicKeys);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void What_is_said_of_a_key_does_not_hold_its_secret()
    {
        using var key = KeyFile.LoadOrCreate(Path);
        var secret = System.Buffers.Text.Base64Url.EncodeToString(key.ExportParameters(true).D);
        var told = System.Text.Encoding.UTF8.GetString(
            System.Buffers.Text.Base64Url.DecodeFromChars(new TokenIssuer(key).PublicKeys));
        Assert.StartsWith("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",", told, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
        Assert.DoesNotContain("\"d\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_another_kind_of_key_is_refused()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(Path, other.ExportPkcs8PrivateKeyPem());
        Assert.Throws<CryptographicException>(() => KeyFile.LoadOrCreate(Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_file_without_a_key_is_refused(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, content);
        Assert.Throws<CryptographicException>(() => KeyFile.LoadOrCreate(Path));
    }

    [Fact]
    public async Task Two_who_make_the_first_key_at_once_have_the_same_one()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var key = KeyFile.LoadOrCreate(Path);
            return new TokenIssuer(key).PublicKeys;
        })));
        Assert.Single(keys.Distinct());
        Assert.Single(Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Path)!));
    }
}
