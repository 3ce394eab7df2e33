using System.ComponentModel;
using System.Diagnostics;

namespace Isobar.Local.Commands;

/// <summary>Builds the application before the host starts, so that it runs the current source.</summary>
internal static class ApplicationBuild
{
    /// <param name="root">The folder of <c>Isobar.App.slnf</c>.</param>
    /// <param name="configuration">Debug or Release.</param>
    /// <exception cref="UsageException">The build failed; the message is what it printed.</exception>
    public static async Task RunAsync(string root, string configuration, CancellationToken cancellationToken)
    {
        const string solution = "Isobar.App.slnf";
        if (!File.Exists(Path.Combine(root, solution)))
            throw new UsageException(
                $"There is no {solution} in {root} to build. To run the last build, use --no-build.");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])
            ["build", solution, "-c", configuration, "--nologo", "-v", "quiet", "-clp:NoSummary"])
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

        if (build.ExitCode != 0)
            throw new UsageException($"The application does not build:\n{await output}{await errors}");
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
