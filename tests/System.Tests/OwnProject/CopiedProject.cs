using System.Diagnostics;

namespace Isobar.Stories.OwnProject;

/// <summary>
/// samples/own-project, copied to a folder outside this repository whose path has a space, with a package cache of its
/// own and freshly packed packages of this checkout.
/// </summary>
internal sealed class CopiedProject : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("isobar-own-");

    public CopiedProject() => Copy(Repository.In("samples", "own-project"), Folder);

    public string Folder => Path.Combine(parent.FullName, "own project");

    /// <summary>
    /// For a build of the project: a cache of its own, because the version of the packages stays the same while their
    /// content changes, and the stand-ins for the functions' packages where no source of this machine has the real
    /// ones.
    /// </summary>
    public IReadOnlyDictionary<string, string> BuildVariables => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = Path.Combine(parent.FullName, "cache"),
        ["RestoreAdditionalProjectSources"] = Repository.In("build", "stand-ins", "feed"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };

    /// <summary>Packs what the tests were built with, as the project's nuget.config expects it.</summary>
    public async Task PackAsync()
    {
        var (status, output) = await DotnetAsync(
            Repository.Root, "pack", "infra/testing", "--no-build", "-c", Repository.Configuration,
            "-o", Path.Combine(Folder, "packages"));
        Assert.True(status == 0, output);
    }

    /// <summary>Runs the dotnet command line in the project's folder.</summary>
    public Task<(int Status, string Output)> DotnetAsync(params string[] arguments) => DotnetAsync(Folder, arguments);

    public void Dispose() => parent.Delete(recursive: true);

    private async Task<(int Status, string Output)> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in BuildVariables) start.Environment[name] = value;
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(Bound);
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var errors = process.StandardError.ReadToEndAsync(bound.Token);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    // What a build or a pack left in the folder of the repository is not copied.
    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            if (Path.GetExtension(file) != ".nupkg") File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(source))
            if (Path.GetFileName(folder) is not ("bin" or "obj") and var name)
                Copy(folder, Path.Combine(target, name));
    }
}
