namespace Isobar.Local.Lambda.Processes;

/// <summary>How the runtime of a function is started, or why it is not.</summary>
internal abstract record RuntimeLaunch;

/// <summary>Run a file; both it and the arguments are paths as the process sees them.</summary>
internal sealed record RuntimeCommand(string File, IReadOnlyList<string> Arguments) : RuntimeLaunch
{
    /// <summary>As the process sees it; null for the folder of the function's code.</summary>
    public string? WorkingDirectory { get; init; }
}

/// <summary>AWS's bootstrap would end with this status before it came to the function.</summary>
internal sealed record BootstrapExit(int Status) : RuntimeLaunch;

/// <summary>There is nothing that the platform could start.</summary>
internal sealed record NoEntrypoint(string Reason) : RuntimeLaunch;

/// <summary>The working directory of an image is none.</summary>
internal sealed record InvalidWorkingDirectory(string Reason) : RuntimeLaunch;

/// <summary>What AWS starts for a runtime and a handler.</summary>
/// <param name="folders">Where the function's files are.</param>
/// <param name="paths">Where its processes see them.</param>
internal sealed class RuntimeLaunches(EnclosureFolders folders, EnclosurePaths paths)
{
    private const UnixFileMode AnyExecute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="runtime">Lambda's identifier: <c>provided.…</c> has its own bootstrap; others are a language's or
    /// .NET.</param>
    /// <param name="wrapper"><c>AWS_LAMBDA_EXEC_WRAPPER</c>; only the managed runtimes heed it.</param>
    /// <param name="memorySizeMb">Of the function.</param>
    public RuntimeLaunch For(string runtime, string handler, string? wrapper, int memorySizeMb = 128)
    {
        if (runtime.StartsWith("provided", StringComparison.Ordinal)) return Bootstrap();
        var launch = LanguageRuntimes.IsLanguage(runtime)
            ? OfLanguage(runtime, handler, memorySizeMb)
            : Dotnet(handler);
        return launch switch
        {
            RuntimeCommand command when !string.IsNullOrEmpty(wrapper) => Wrapped(paths.Rewrite(wrapper), command),
            _ => launch,
        };
    }

    /// <summary>Lambda's runtime client, under the interpreter that this machine has.</summary>
    /// <remarks>
    /// Source: README of aws-lambda-nodejs-runtime-interface-client and of aws-lambda-python-runtime-interface-client:
    /// the client is started with the handler. As in AWS's image, Node.js gets nine tenths of the memory as heap.
    /// </remarks>
    private RuntimeLaunch OfLanguage(string runtime, string handler, int memorySizeMb)
    {
        if (folders.Language is not { } language)
            return new NoEntrypoint($"the runtime {runtime} {LanguageRuntimes.Missing(runtime)}");
        var program = Path.Combine(
            paths.LanguageRoot, Path.GetRelativePath(language.Installation, language.Program));
        return new RuntimeCommand(program, LanguageRuntimes.IsNode(runtime)
            ?
            [
                $"--max-old-space-size={memorySizeMb * 9 / 10}", Path.Combine(paths.Packages, language.Client[0]),
                handler,
            ]
            : [.. language.Client, handler]);
    }

    /// <summary>The file <c>bootstrap</c> of the code, or else of the layers.</summary>
    /// <remarks>Source: Lambda developer guide, "Building a custom runtime"; texts from the emulator.</remarks>
    private RuntimeLaunch Bootstrap()
    {
        foreach (var root in (string[])[paths.TaskRoot, paths.Layers])
        {
            var file = root + "/bootstrap";
            if (!File.Exists(OnHost(file))) continue;
            return IsExecutable(OnHost(file))
                ? new RuntimeCommand(file, [])
                : new NoEntrypoint($"fork/exec {file}: permission denied");
        }

        return new NoEntrypoint("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }

    /// <summary>The start rule of the managed .NET runtimes.</summary>
    /// <remarks>
    /// Source: aws-lambda-dotnet, <c>LambdaRuntimeDockerfiles/Images/net*/bootstrap.sh</c>: <c>dotnet exec X.dll</c>,
    /// or the binary X when there is no X.dll; it gives up with 102, 103 or 104. A handler Assembly::Type::Method is
    /// called by an assembly of the runtime, under the function's own runtimeconfig.json.
    /// </remarks>
    private RuntimeLaunch Dotnet(string handler)
    {
        if (!Directory.Exists(folders.Code) || !Directory.EnumerateFileSystemEntries(folders.Code).Any())
            return new BootstrapExit(102);
        if (handler.Length == 0) return new BootstrapExit(103);
        if (handler.Contains(':', StringComparison.Ordinal)) return ClassLibrary(handler.Split(':')[0]);
        var assembly = handler.EndsWith(".dll", StringComparison.Ordinal) ? handler : handler + ".dll";
        if (File.Exists(Path.Combine(folders.Code, assembly)))
            return new RuntimeCommand(paths.DotnetRoot + "/dotnet", ["exec", Path.Combine(paths.TaskRoot, assembly)]);
        return File.Exists(Path.Combine(folders.Code, handler))
            ? new RuntimeCommand(Path.Combine(paths.TaskRoot, handler), [])
            : new BootstrapExit(104);
    }

    /// <remarks>
    /// Source: the same script: the files of the assembly, or else the only ones of their kind; 105 without a
    /// deps.json, 106 without a runtimeconfig.json.
    /// </remarks>
    private RuntimeLaunch ClassLibrary(string assembly)
    {
        if (Only(assembly, ".deps.json") is not { } dependencies) return new BootstrapExit(105);
        if (Only(assembly, ".runtimeconfig.json") is not { } configuration) return new BootstrapExit(106);
        var main = dependencies[..^".deps.json".Length] + ".dll";
        return new RuntimeCommand(
            paths.DotnetRoot + "/dotnet",
            [
                "exec", "--runtimeconfig", Path.Combine(paths.TaskRoot, configuration),
                Path.Combine(paths.Runtime, RuntimeFolder.Bootstrap), Path.Combine(paths.TaskRoot, main),
            ]);
    }

    private string? Only(string assembly, string ending)
    {
        if (File.Exists(Path.Combine(folders.Code, assembly + ending))) return assembly + ending;
        return Directory.GetFiles(folders.Code, "*" + ending) is [var only] ? Path.GetFileName(only) : null;
    }

    /// <remarks>Source: the same script: 127 for a wrapper that is missing, 126 for one not executable.</remarks>
    private RuntimeLaunch Wrapped(string wrapper, RuntimeCommand command)
    {
        if (!File.Exists(OnHost(wrapper))) return new BootstrapExit(127);
        return IsExecutable(OnHost(wrapper))
            ? new RuntimeCommand(wrapper, [command.File, .. command.Arguments])
            : new BootstrapExit(126);
    }

    /// <summary>Where the host has what a process sees at a path.</summary>
    public string OnHost(string path) =>
        EnclosurePaths.Under(path, paths.TaskRoot, folders.Code)
        ?? (folders.Layers is { } layers ? EnclosurePaths.Under(path, paths.Layers, layers) : null)
        ?? EnclosurePaths.Under(path, paths.DotnetRoot, DotnetHost.Root)
        ?? (folders.Runtime is { } runtime ? EnclosurePaths.Under(path, paths.Runtime, runtime) : null)
        ?? (paths.Temporary is null ? EnclosurePaths.Under(path, "/tmp", folders.Temporary) : null)
        ?? path;

    public static bool IsExecutable(string file) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & AnyExecute) != 0;
}
