using System.Runtime.InteropServices;

namespace Isobar.Local.Lambda.Processes;

/// <summary>What is started for an image: its entry point with its command, in its working directory.</summary>
/// <remarks>
/// Source of checks and texts: the runtime interface emulator, its bootstrap's <c>Cwd</c> and the process that it
/// starts; the texts of <c>fork/exec</c> as functions on AWS have answered them.
/// </remarks>
/// <param name="managed">Starts what AWS's own script starts.</param>
/// <param name="path">The <c>PATH</c> of the processes.</param>
internal sealed class ImageLaunches(RuntimeLaunches managed, EnclosurePaths paths, string path)
{
    /// <summary>The script that starts the runtime in all of AWS's base images.</summary>
    public const string Script = "/lambda-entrypoint.sh";

    private const int ElfHeaderBytes = 20;

    /// <param name="line">Entry point and command.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="runtime">Of the base image.</param>
    /// <param name="wrapper"><c>AWS_LAMBDA_EXEC_WRAPPER</c>.</param>
    public RuntimeLaunch For(IReadOnlyList<string> line, string directory, string runtime, string? wrapper)
    {
        if (!directory.StartsWith('/'))
            return new InvalidWorkingDirectory(
                $"the working directory '{directory}' is invalid, it needs to be an absolute path");
        var seen = paths.RewriteImage(directory);
        if (!Directory.Exists(managed.OnHost(seen)))
            return new InvalidWorkingDirectory($"the working directory doesn't exist: {directory}");
        string[] arguments = [.. line.Skip(1).Select(paths.RewriteImage)];
        var launch = line[0] == Script ? ByScript(arguments, runtime, wrapper) : Program(line[0], seen, arguments);
        return launch is RuntimeCommand command ? command with { WorkingDirectory = seen } : launch;
    }

    /// <remarks>
    /// Source: <c>/lambda-entrypoint.sh</c> of AWS's base images: its one argument is the handler; then it becomes
    /// <c>/var/runtime/bootstrap</c>.
    /// </remarks>
    private RuntimeLaunch ByScript(string[] arguments, string runtime, string? wrapper)
    {
        if (arguments is not [var handler])
            return new RuntimeCommand(
                "/bin/sh",
                ["-c", "echo 'entrypoint requires the handler name to be the first argument' 1>&2; exit 142"]);
        if (!runtime.StartsWith("provided", StringComparison.Ordinal)) return managed.For(runtime, handler, wrapper);
        var bootstrap = paths.Runtime + "/bootstrap";
        if (!File.Exists(managed.OnHost(bootstrap))) return new BootstrapExit(127);
        return RuntimeLaunches.IsExecutable(managed.OnHost(bootstrap))
            ? new RuntimeCommand(bootstrap, [])
            : new BootstrapExit(126);
    }

    private RuntimeLaunch Program(string name, string directory, string[] arguments)
    {
        var file = name.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(paths.RewriteImage(name), directory)
            : path.Split(':').Select(folder => Path.Combine(folder, name))
                .FirstOrDefault(candidate => File.Exists(managed.OnHost(candidate)));
        if (file is null) return new NoEntrypoint($"exec: \"{name}\": executable file not found in $PATH");
        return WhyNot(managed.OnHost(file)) is { } reason
            ? new NoEntrypoint($"fork/exec {name}: {reason}")
            : new RuntimeCommand(file, arguments);
    }

    private static string? WhyNot(string file)
    {
        if (Directory.Exists(file)) return "permission denied";
        if (!File.Exists(file)) return "no such file or directory";
        if (!RuntimeLaunches.IsExecutable(file)) return "permission denied";
        return IsOfThisMachine(file) ? null : "exec format error";
    }

    // A script, or an ELF file for this processor.
    private static bool IsOfThisMachine(string file)
    {
        if (!OperatingSystem.IsLinux()) return true;
        Span<byte> header = stackalloc byte[ElfHeaderBytes];
        using var content = File.OpenRead(file);
        var read = content.ReadAtLeast(header, ElfHeaderBytes, throwOnEndOfStream: false);
        if (header[..read].StartsWith("#!"u8)) return true;
        if (read < ElfHeaderBytes || !header.StartsWith("\u007fELF"u8)) return false;
        // e_machine: 62 is x86-64, 183 AArch64. Source: elf(5).
        return (RuntimeInformation.OSArchitecture, BitConverter.ToUInt16(header[18..])) is
            (Architecture.X64, 62) or (Architecture.Arm64, 183);
    }
}
