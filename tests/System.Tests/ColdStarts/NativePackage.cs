using System.Diagnostics;
using System.IO.Compression;

namespace Isobar.Stories.ColdStarts;

/// <summary>The package of AuthorizeNative, made by its own Makefile, as <c>sam build</c> does it.</summary>
internal static class NativePackage
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private static readonly string[] Linkers = ["clang", "gcc"];

    /// <summary>What this machine lacks for native code; null when it lacks nothing that is known beforehand.</summary>
    public static string? Lacks { get; } =
        !OperatingSystem.IsLinux() ? "native code for Lambda is compiled on Linux"
        : !Machine.IsOnPath("make") ? "there is no make on the PATH"
        : !Linkers.Any(Machine.IsOnPath) ? "there is neither clang nor gcc on the PATH"
        : null;

    /// <summary>
    /// Makes it and puts it into a zip file. What was compiled stays in <c>artifacts/published</c>, so that a second
    /// time is quick. Skips the test where no package source has the compiler, or the linker lacks a library.
    /// </summary>
    public static async Task<byte[]> ZipAsync()
    {
        if (Lacks is { } reason) Assert.Skip($"Not run here: {reason}.");
        var folder = Directory.CreateTempSubdirectory("isobar-native-");
        try
        {
            var (status, output) = await MakeAsync(folder.FullName);
            if (status != 0 && Missing(output) is { } missing) Assert.Skip($"Not run here: {missing}");
            Assert.True(status == 0, output);
            using var zip = new MemoryStream();
            ZipFile.CreateFromDirectory(folder.FullName, zip);
            return zip.ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Status, string Output)> MakeAsync(string folder)
    {
        string[] arguments =
        [
            "-C", Repository.In("functions", "AuthorizeNative"), "build-AuthorizeNativeFunction",
            $"ARTIFACTS_DIR={folder}",
        ];
        var start = new ProcessStartInfo("make", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing leaves this machine, so this works where a package source lacks the real packages, too.
        start.Environment["AllowStandIns"] = "true";
        start.Environment["ArtifactsPath"] = Repository.In("artifacts", "published") + "/";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(Bound);
        await using var end = bound.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    // The compiler's pack that NuGet does not find, or a library that the linker does not.
    private static string? Missing(string output) => output.Split('\n').FirstOrDefault(line =>
        line.Contains("error NU110", StringComparison.Ordinal)
            && line.Contains("ILCompiler", StringComparison.OrdinalIgnoreCase)
        || line.Contains("cannot find -l", StringComparison.Ordinal));
}
