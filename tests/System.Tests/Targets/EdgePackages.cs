using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>
/// The edge stack's template with packages of its own, as a deployment has them: the same files, and the public key
/// that <c>isobar token keys --file</c> adds. Deleted at the end.
/// </summary>
internal sealed class EdgePackages : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-edge-packages-");

    /// <param name="change">Changes the template's text.</param>
    /// <param name="issuer">Whose tokens the private pages take; null for nobody's.</param>
    public EdgePackages(Func<string, string>? change = null, TokenIssuer? issuer = null)
    {
        Copy(Repository.In("edge"), Path.Combine(folder.FullName, "edge"));
        var text = File.ReadAllText(Repository.In("infra", "stacks", "edge.yaml"));
        Directory.CreateDirectory(Path.GetDirectoryName(Template)!);
        File.WriteAllText(Template, change?.Invoke(text) ?? text);
        if (issuer is not null)
            KeySetFile.Add(Path.Combine(folder.FullName, "edge", "auth", "keys.json"), issuer);
    }

    public string Template => Path.Combine(folder.FullName, "infra", "stacks", "edge.yaml");

    public void Dispose() => folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
