using System.ComponentModel;
using System.Diagnostics;
using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Commands;

/// <summary>
/// Builds what the host is to run, so that it runs the current source: the application of this repository before the
/// host starts, and of another template each project when its function is deployed.
/// </summary>
internal static class ApplicationBuild
{
    private const string Application = "Isobar.App.slnf";

    // Whoever saves a file waits for the build: MSBuild and the compiler stay in memory between two saves, even where
    // the user's shell says otherwise, as CI's often do. They end by themselves when nothing is built for some minutes.
    private static readonly string[] Alone =
        ["--no-restore", "-p:BuildProjectReferences=false", "-p:UseSharedCompilation=true"];

    private static readonly Dictionary<string, string> KeptServer = new()
    {
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1", ["MSBUILDDISABLENODEREUSE"] = "0",
    };

    /// <summary>Whether a folder is this repository's, whose projects are built together.</summary>
    public static bool HasApplication(string root) => File.Exists(Path.Combine(root, Application));

    /// <param name="root">The folder of <c>Isobar.App.slnf</c>.</param>
    /// <param name="configuration">Debug or Release.</param>
    /// <exception cref="UsageException">The build failed, or the folder has nothing to build.</exception>
    public static async Task RunAsync(string root, string configuration, CancellationToken cancellationToken)
    {
        if (!HasApplication(root))
            throw new UsageException(
                $"There is no {Application} in {root} to build. To run the last build, use --no-build.");
        if (await ErrorsOfAsync(root, Application, configuration, cancellationToken) is { } errors)
            throw new UsageException($"The application does not build:\n{errors}");
    }

    /// <summary>Makes what builds a project.</summary>
    /// <param name="tell">Is told of each before it is built.</param>
    public static Func<string, CancellationToken, Task> OfProjects(string configuration, Action<string> tell)
    {
        return async (project, cancellationToken) =>
        {
            tell($"Building {Path.GetFileName(project)} …");
            var folder = Path.GetDirectoryName(project)!;
            if (await ErrorsOfAsync(folder, project, configuration, cancellationToken) is { } errors)
                throw new CodeMissingException($"{project} does not build:\n{errors}");
        };
    }

    /// <summary>Builds the application of this repository.</summary>
    /// <returns>What a build that failed printed; null when it succeeded.</returns>
    public static Task<string?> ErrorsOfApplicationAsync(
        string root, string configuration, CancellationToken cancellationToken) =>
        ErrorsOfAsync(root, Application, configuration, cancellationToken);

    /// <summary>Builds a project, but nothing that it refers to, from what was restored before.</summary>
    /// <returns>What a build that failed printed; null when it succeeded.</returns>
    public static Task<string?> ErrorsAloneAsync(
        string project, string configuration, CancellationToken cancellationToken) => ErrorsOfAsync(
            Path.GetDirectoryName(project)!, project, configuration, Alone, KeptServer, cancellationToken);

    /// <summary>Compiles a project into a folder of its own; no other build sees it.</summary>
    /// <param name="folder">Absolute; it need not exist.</param>
    public static Task CompileAsync(
        string project, string configuration, string folder, CancellationToken cancellationToken) => ErrorsOfAsync(
            Path.GetDirectoryName(project)!, project, configuration,
            // The properties hold for the projects that this one refers to, too: without the second one, their
            // reference assemblies would be looked for in that folder.
            [.. Alone, "-t:Compile", $"-p:IntermediateOutputPath={folder}/", "-p:ProduceReferenceAssembly=false"],
            KeptServer, cancellationToken);

    /// <returns>What a build that failed printed; null when it succeeded.</returns>
    public static Task<string?> ErrorsOfAsync(
        string folder, string project, string configuration, CancellationToken cancellationToken) =>
        ErrorsOfAsync(folder, project, configuration, [], [], cancellationToken);

    private static async Task<string?> ErrorsOfAsync(
        string folder, string project, string configuration, IReadOnlyCollection<string> more,
        Dictionary<string, string> surroundings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in surroundings) start.Environment[name] = value;
        foreach (var argument in (string[])
            ["build", project, "-c", configuration, "--nologo", "-v", "quiet", "-clp:NoSummary", .. more])
            start.ArgumentList.Add(argument);
        using var build = Start(start);
        var output = build.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = build.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await build.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            throw;
        }

        return build.ExitCode == 0 ? null : $"{await output}{await errors}";
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"The .NET SDK is not on the PATH: {e.Message}");
        }
    }
}
