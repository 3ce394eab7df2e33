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
        Assert.DoesNotContain(secret, new TokenIssuer(key).PublicKeys, StringComparison.Ordinal);
        Assert.DoesNotContain("\"d\"", new TokenIssuer(key).PublicKeys, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_another_kind_of_key_is_refused()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(Path, other.ExportPkcs8PrivateKeyPem());
        Assert.Throws<CryptographicException>(() => KeyFile.LoadOrCreate(Path));
    }
}
