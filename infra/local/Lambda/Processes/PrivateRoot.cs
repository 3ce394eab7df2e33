namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// The root that an environment's processes get: the host's folders, with code, layers, <c>/tmp</c>, the .NET
/// installation and <c>/etc/hosts</c> where AWS has them. It exists in the calling thread's mounts only.
/// </summary>
internal static class PrivateRoot
{
    private const string Hosts = "127.0.0.1 localhost sandbox.localdomain sandbox\n";

    // What AWS has there, in place of what this machine has.
    private static readonly string[] Replaced = ["/opt", "/tmp", "/var", "/var/lang", "/var/runtime", "/var/task"];

    /// <param name="root">Absolute; made if it is missing.</param>
    /// <exception cref="IOException">Something can't be mounted.</exception>
    public static void Build(string root, EnclosureFolders folders)
    {
        var hosts = Path.Combine(folders.Scratch, "hosts");
        File.WriteAllText(hosts, Hosts);
        Directory.CreateDirectory(root);
        Libc.MountMemory(root);
        ShowEach("/", root);
        ShowEach("/var", Directory.CreateDirectory(root + "/var").FullName);
        Show(folders.Temporary, root + "/tmp");
        Show(folders.Code, root + EnclosurePaths.OfAws.TaskRoot, readOnly: true);
        Show(DotnetHost.Root, root + EnclosurePaths.OfAws.DotnetRoot, readOnly: true);
        Directory.CreateDirectory(root + EnclosurePaths.OfAws.Layers);
        if (folders.Language is { } language)
        {
            Show(language.Installation, root + EnclosurePaths.OfAws.LanguageRoot, readOnly: true);
            Show(language.Packages, root + EnclosurePaths.OfAws.Packages, readOnly: true);
        }
        else if (folders.Runtime is { } runtime)
        {
            Show(runtime, root + EnclosurePaths.OfAws.Runtime, readOnly: true);
        }

        if (folders.Layers is { } layers) Show(layers, root + EnclosurePaths.OfAws.Layers, readOnly: true);
        if (File.Exists(root + "/etc/hosts")) Libc.Bind(hosts, root + "/etc/hosts");
        Libc.MakeReadOnly(root);
    }

    private static void ShowEach(string folder, string target)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var shown = Path.Combine(target, entry.Name);
            if (Replaced.Contains(entry.FullName)) continue;
            if (entry.LinkTarget is { } link) File.CreateSymbolicLink(shown, link);
            else if (entry is DirectoryInfo) Show(entry.FullName, shown);
        }
    }

    private static void Show(string source, string target, bool readOnly = false)
    {
        Directory.CreateDirectory(target);
        Libc.Bind(source, target);
        if (readOnly) Libc.MakeReadOnly(target);
    }
}
