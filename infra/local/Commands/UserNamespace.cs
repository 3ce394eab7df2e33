using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Isobar.Local.Commands;

/// <summary>
/// Lets an ordinary user have execution environments with namespaces: the program replaces itself by itself, as root of
/// a user namespace. A process with more than one thread can't enter one, and a .NET program always has more.
/// </summary>
internal static partial class UserNamespace
{
    private const string Unshare = "/usr/bin/unshare";

    private static readonly string[] AsRoot = ["--user", "--map-root-user"];

    /// <summary>Starts the program anew where that gives it what it lacks; returns where it does not.</summary>
    /// <param name="arguments">The program's own.</param>
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

        // It comes back only when it failed; then the host runs as it is, and says how.
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
