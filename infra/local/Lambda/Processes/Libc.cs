using System.Runtime.InteropServices;

namespace Isobar.Local.Lambda.Processes;

/// <summary>The C library's calls that .NET does not offer. Numbers are Linux's.</summary>
internal static partial class Libc
{
    public const int SignalKill = 9;
    public const int SignalTerminate = 15;
    public const int SignalContinue = 18;
    public const int SignalStop = 19;

    public const short PollIn = 1;

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
        fixed (PollEntry* start = entries) _ = Poll(start, (nuint)entries.Length, -1);
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
