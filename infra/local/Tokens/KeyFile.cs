using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Isobar.Local.Tokens;

/// <summary>
/// The key that this machine's user signs tokens with: made once, outside any checkout, for the user alone.
/// </summary>
internal static partial class KeyFile
{
    /// <summary>In the user's own data folder.</summary>
    public static string UsualPath => In("token-key.pem");

    /// <summary>Beside it: the key that is to sign after the next rotation.</summary>
    public static string NextPath => In("token-key.next.pem");

    /// <exception cref="CryptographicException">The file holds no private key of P-256.</exception>
    public static ECDsa LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(path, fresh.ExportPkcs8PrivateKeyPem());
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (ArgumentException)
        {
            throw new CryptographicException("The file holds no key in PEM.");
        }

        return key.KeySize == 256 ? key : throw new CryptographicException("The file holds no key of P-256.");
    }

    private static string In(string file) => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "isobar", file);

    // Nobody else may read it, not even between its creation and its first byte. It gets its name when it is whole:
    // another process may look for it at the same time, and the first one's key stays.
    private static void Write(string path, string pem)
    {
        var unnamed = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(unnamed, options)) file.Write(pem);
        try
        {
            // On Unix, File.Move looks whether the name is taken and then renames, and a rename replaces a file that
            // has come in between. A link does not.
            if (OperatingSystem.IsWindows() || Link(unnamed, path) != 0) File.Move(unnamed, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else was faster.
        }
        finally
        {
            File.Delete(unnamed);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}
