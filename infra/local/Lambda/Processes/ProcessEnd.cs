namespace Isobar.Local.Lambda.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">0 to 255; 128 plus the number when a signal ended it.</param>
/// <param name="Signal">
/// The signal's name as Go prints it, which is how AWS prints it: <c>killed</c>, <c>aborted</c>.
/// </param>
internal sealed record ProcessEnd(int ExitCode, string? Signal)
{
    /// <summary>Reads .NET's exit code, in which a signal and an exit with 128 and more look alike.</summary>
    public static ProcessEnd FromExitCode(int exitCode) => new(exitCode, (exitCode - 128) switch
    {
        1 => "hangup",
        2 => "interrupt",
        4 => "illegal instruction",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        11 => "segmentation fault",
        13 => "broken pipe",
        15 => "terminated",
        _ => null,
    });
}
