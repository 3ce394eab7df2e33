using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Isobar.Local.Commands;

/// <summary>
/// Lets a user without root rights isolate execution environments by namespaces: the program restarts itself (execv) as
/// root of a new user namespace. A running .NET program can't enter one, because it has several threads.
/// </summary>
internal static partial class UserNamespace
{
    private const string Unshare = "/usr/bin/unshare";

    private static readonly string[] AsRoot = ["--user", "--map-root-user"];

    /// <summary>Restarts the program in a user namespace, or returns if that is not needed or not possible.</summary>
    /// <param name="arguments">The program's command line.</param>
    public static void Enter(IReadOnlyList<string> arguments)
    {
        var startsHost = arguments is ["up" or "tour", ..];
        if (!OperatingSystem.IsLinux() || Environment.IsPrivilegedProcess || !startsHost) return;
        if (arguments.Contains("plain") || !File.Exists(Unshare) || !IsAllowed()) return;

        // Run as "dotnet Local.dll …" the program is the first argument; as an executable it is the process itself.
        var program = Environment.ProcessPath!;
        IEnumerable<string> again = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Environment.GetCommandLineArgs()[0], .. arguments]
            : [program, .. arguments];
        string?[] command = [Unshare, .. AsRoot, "--", .. again, null];

        // It returns only if it failed. Then the host runs without namespaces, and prints that.
        _ = Replace(Unshare, command);
    }

    private static bool IsAllowed()
    {
        var start = new ProcessStartInfo(Unshare, [.. AsRoot, "--net", "--mount", "true"])
        {
            RedirectStandardError = true,
        };
        using var trial = Process.Start(start)!;
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Replace(string file, string?[] arguments);
}
