using System.Diagnostics;
using System.Text;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// A small shell beside the host that knows every child's process group and kills them when its standard input ends,
/// which it does however the host ends. It reaches what the kernel's parent-death signal does not: grandchildren.
/// </summary>
internal sealed class Guardian : IDisposable
{
    private const string Script = """
        trap '' HUP INT TERM
        live=' '
        while read -r change group; do
          case $change in
            +) live="$live$group " ;;
            -) live="${live%% $group *} ${live#* $group }" ;;
          esac
        done
        for group in $live; do kill -s KILL -- "$sign$group" 2>/dev/null; done
        """;

    private readonly Process shell;

    /// <param name="setsid">Takes the guardian out of the terminal's group, so that Ctrl+C does not reach it.</param>
    public Guardian(string? setsid)
    {
        var sign = setsid is null ? "" : "-";
        var shellCommand = $"sign='{sign}'\n{Script}";
        var info = setsid is null
            ? new ProcessStartInfo("/bin/sh", ["-c", shellCommand])
            : new ProcessStartInfo(setsid, ["/bin/sh", "-c", shellCommand]);
        info.RedirectStandardInput = true;
        shell = Process.Start(info)!;
    }

    public void Watch(int process) => Tell('+', process);

    public void Forget(int process) => Tell('-', process);

    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.Dispose();
    }

    // A guardian that somebody killed is no reason to fail an invocation: the parent-death signal is still there.
    // The stream has no buffer and a short write to a pipe is whole, so threads need no turn.
    private void Tell(char change, int process)
    {
        try
        {
            shell.StandardInput.BaseStream.Write(Encoding.ASCII.GetBytes($"{change} {process}\n"));
        }
        catch (IOException)
        {
        }
    }
}
