using System.Runtime.InteropServices;

namespace Isobar.Local.Lambda.Processes;

/// <summary>The C library's calls that .NET does not offer. Numbers are Linux's.</summary>
internal static partial class Libc
{
    public const int SignalHangUp = 1;
    public const int SignalInterrupt = 2;
    public const int SignalKill = 9;
    public const int SignalTerminate = 15;
    public const int SignalContinue = 18;
    public const int SignalStop = 19;

    public const short PollIn = 1;

    private const short PollError = 8;
    private const short PollHangUp = 16;
    private const int Interrupted = 4;

    private const int SetFlags = 4;
    private const int GetFlags = 3;
    private const int NonBlocking = 0x800;

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    /// <param name="target">A process id, or the negative of a process group's.</param>
    public static void Signal(int target, int signal) => _ = Kill(target, signal);

    public static void MakeNonBlocking(int descriptor)
    {
        if (Control(descriptor, SetFlags, Control(descriptor, GetFlags, 0) | NonBlocking) < 0)
            throw new IOException($"fcntl failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>The bytes read; zero at the end; negative when nothing is there now.</returns>
    public static unsafe int ReadAvailable(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer) return (int)Read(descriptor, start, (nuint)buffer.Length);
    }

    /// <summary>Waits, for as long as it takes, until one of the descriptors can be read or has ended.</summary>
    public static unsafe void WaitReadable(Span<PollEntry> entries)
    {
        fixed (PollEntry* start = entries)
        {
            // A signal, such as that a child has ended, interrupts the wait.
            int found;
            do found = Poll(start, (nuint)entries.Length, -1);
            while (found < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        }
    }

    /// <summary>Waits until nobody reads a pipe or terminal any more, which for a file is never.</summary>
    /// <param name="timeoutMs">How long at most; -1 for no bound.</param>
    /// <returns>Whether it has gone; false, too, for a descriptor that can't be watched.</returns>
    public static unsafe bool WaitForReaderToGo(int descriptor, int timeoutMs)
    {
        var entry = new PollEntry { Descriptor = descriptor };
        int found;
        do found = Poll(&entry, 1, timeoutMs);
        while (found < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return found > 0 && (entry.Returned & (PollError | PollHangUp)) != 0;
    }

    /// <summary>Whether this process was started with a signal ignored; unknown, hence false, off Linux.</summary>
    public static bool IsIgnored(int signal)
    {
        if (!OperatingSystem.IsLinux()) return false;
        const string name = "SigIgn:";
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return (Convert.ToUInt64(mask[name.Length..].Trim(), 16) >> (signal - 1) & 1) != 0;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int target, int signal);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    /// <summary>The C library's <c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
