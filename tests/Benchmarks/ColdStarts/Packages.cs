using System.Diagnostics;
using System.IO.Compression;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>
/// The packages that are compared, made as <c>sam build</c> makes them, or without ReadyToRun. What was compiled stays
/// in <c>artifacts/published</c>, so that a second run is quick; packages with stand-ins are never deployed from there.
/// </summary>
internal sealed class Packages : IDisposable
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-cold-");

    /// <summary>Why there is no native code here; null when there can be.</summary>
    public static string? NoNativeCode { get; } = Linkers.Any(IsOnPath) ? null : "neither clang nor gcc is on the PATH";

    /// <summary>Runs a part's recipe.</summary>
    /// <returns>The folder of the package.</returns>
    public Task<string> MakeAsync(string part, string logicalId, CancellationToken cancellationToken)
    {
        var made = Made(logicalId);
        return RunAsync(
            "make", ["-C", Checkout.In(part), $"build-{logicalId}", $"ARTIFACTS_DIR={made}"], made, cancellationToken);
    }

    /// <summary>The same, for the just-in-time compiler.</summary>
    public Task<string> PublishForJitAsync(string project, string name, CancellationToken cancellationToken) =>
        PublishAsync(
            project, $"{name}-jit", ["--self-contained", "false", "-p:PublishReadyToRun=false"], cancellationToken);

    /// <summary>Publishes a project.</summary>
    /// <param name="name">Of the folder; one for each project and set of options.</param>
    /// <param name="options">More of what <c>dotnet publish</c> is given.</param>
    /// <returns>The folder of the package.</returns>
    public Task<string> PublishAsync(
        string project, string name, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var made = Made(name);
        string[] arguments =
            ["publish", Checkout.In(project), "-c", "Release", "-r", "linux-x64", .. options, "-o", made];
        return RunAsync("dotnet", arguments, made, cancellationToken);
    }

    /// <summary>A layer likewise; its own project lays it out.</summary>
    public Task<string> PublishLayerForJitAsync(string project, string name, CancellationToken cancellationToken) =>
        PublishLayerAsync(project, $"{name}-jit", ["-p:PublishReadyToRun=false"], cancellationToken);

    /// <summary>Publishes a layer, which its own project lays out.</summary>
    /// <param name="name">Of the folder; one for each project and set of options.</param>
    /// <param name="options">More of what <c>dotnet publish</c> is given.</param>
    /// <returns>The folder with the layer's content.</returns>
    public Task<string> PublishLayerAsync(
        string project, string name, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var made = Made(name);
        string[] arguments =
        [
            "publish", Checkout.In(project), "-c", "Release", "-r", "linux-x64", "--self-contained", "false",
            .. options, $"-p:LayerFolder={made}/",
        ];
        return RunAsync("dotnet", arguments, made, cancellationToken);
    }

    /// <summary>How many bytes a package has as a zip file.</summary>
    public static long ZippedBytes(string package)
    {
        using var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(package, zip);
        return zip.Length;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Made(string name) => folder.CreateSubdirectory(name).FullName;

    private static async Task<string> RunAsync(
        string program, string[] arguments, string made, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AllowStandIns"] = "true";
        start.Environment["ArtifactsPath"] = Checkout.In("artifacts", "published") + "/";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        await using var end = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? made
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}:\n{output}{await errors}");
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(at => File.Exists(Path.Combine(at, program)));
}
