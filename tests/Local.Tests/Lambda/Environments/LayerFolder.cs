namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>
/// What a function finds at <c>/opt</c>, made by hand: external extensions that are the Probe or scripts.
/// </summary>
internal sealed class LayerFolder : IDisposable
{
    private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("isobar-layers-");

    public string Directory => folder.FullName;

    /// <summary>Adds the Probe as an extension; the words say how it behaves (ExtensionProbe).</summary>
    public LayerFolder WithProbe(string name, string events, params string[] behaviour) => WithScript(name, $"""
        #!/bin/sh
        set -- extension {name} {events} {string.Join(' ', behaviour)}
        probe=/var/task/Probe.dll
        [ -e $probe ] || probe={PoolOfProbes.ProbeDirectory}/Probe.dll
        exec dotnet $probe "$@"
        """);

    public LayerFolder WithScript(string name, string text) => WithExecutable("extensions/" + name, text);

    public LayerFolder WithExecutable(string path, string text)
    {
        WithFile(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Directory, path), (UnixFileMode)0b111_101_101);
        return this;
    }

    public LayerFolder WithFile(string path, string text)
    {
        var file = Path.Combine(Directory, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
