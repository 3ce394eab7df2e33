namespace Isobar.Stories.Claims;

/// <summary>
/// A folder with what a stack is deployed from, as the build would leave it: the Probe's executable, and layers that a
/// story writes.
/// </summary>
internal sealed class ProbeCheckout : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-checkout-");

    public ProbeCheckout() => Link("bin", "Probe");

    public string Root => folder.FullName;

    /// <summary>Adds a function of the application, as it was built with the stories.</summary>
    public ProbeCheckout WithBuiltFunction(string name)
    {
        Link("bin", name);
        return this;
    }

    /// <summary>Adds a layer that was built with the stories.</summary>
    public ProbeCheckout WithBuilt(string layer)
    {
        Link("layers", layer);
        return this;
    }

    /// <summary>Adds a function that is the Probe with a file beside it.</summary>
    public ProbeCheckout WithFunction(string name, string path, byte[] content)
    {
        var output = Directory.CreateDirectory(Output("bin", name)).FullName;
        foreach (var file in Directory.GetFiles(Output("bin", "Probe")))
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)), overwrite: true);
        File.WriteAllBytes(Path.Combine(output, path), content);
        return this;
    }

    /// <summary>Adds a function of one file.</summary>
    public ProbeCheckout WithCode(string name, string path, string text)
    {
        var output = Directory.CreateDirectory(Output("bin", name)).FullName;
        File.WriteAllText(Path.Combine(output, path), text + "\n");
        return this;
    }

    public ProbeCheckout WithContent(string layer, string path, byte[] content)
    {
        var file = Path.Combine(Output("layers", layer), path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return this;
    }

    /// <summary>Adds the Probe as an external extension to a layer; the words say how it behaves.</summary>
    public ProbeCheckout WithExtension(string layer, string name, string events, params string[] behaviour) =>
        WithScript(layer, "extensions/" + name, $"""
            #!/bin/sh
            set -- extension {name} {events} {string.Join(' ', behaviour)}
            probe=/var/task/Probe.dll
            [ -e $probe ] || probe='{Repository.In("artifacts", "bin", "Probe", Built, "Probe.dll")}'
            exec dotnet "$probe" "$@"
            """);

    public ProbeCheckout WithScript(string layer, string path, string text)
    {
        WithFile(layer, path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Output("layers", layer), path), (UnixFileMode)0b111_101_101);
        return this;
    }

    public ProbeCheckout WithFile(string layer, string path, string text)
    {
        var file = Path.Combine(Output("layers", layer), path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Built => Repository.Configuration.ToLowerInvariant();

    private string Output(string kind, string name) => Path.Combine(Root, "artifacts", kind, name, Built);

    private void Link(string kind, string name)
    {
        var output = Output(kind, name);
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        Directory.CreateSymbolicLink(output, Repository.In("artifacts", kind, name, Built));
    }
}
