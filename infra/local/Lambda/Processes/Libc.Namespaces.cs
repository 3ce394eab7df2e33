using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Isobar.Local.Lambda.Processes;

/// <summary>The calls that give a thread, and the children it starts, a network and mounts of their own.</summary>
internal static partial class Libc
{
    private const int NewMounts = 0x0002_0000;
    private const int NewNetwork = 0x4000_0000;

    private const uint MountBind = 0x1000;
    private const uint MountRecursive = 0x4000;
    private const uint MountPrivate = 0x4_0000;

    private const nint MountSetAttributes = 442;
    private const ulong AttributeReadOnly = 1;
    private const nint RelativeToWorkingDirectory = -100;

    private const nuint GetInterfaceFlags = 0x8913;
    private const nuint SetInterfaceFlags = 0x8914;

    /// <summary>
    /// Takes the calling thread out of the host's network and mounts. Nothing it mounts shows outside, and the loopback
    /// interface that it gets is up.
    /// </summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    public static void LeaveHostNamespaces()
    {
        Check(Unshare(NewMounts | NewNetwork), "unshare");
        Check(Mount(null, "/", null, MountRecursive | MountPrivate, null), "making mounts private");
        RaiseLoopback();
    }

    /// <summary>Shows a folder, or a file, with everything mounted in it, at another path.</summary>
    /// <exception cref="IOException">It can't be mounted there.</exception>
    public static void Bind(string source, string target) =>
        Check(Mount(source, target, null, MountBind | MountRecursive, null), $"mounting {source}");

    /// <summary>Mounts an empty file system in memory.</summary>
    /// <exception cref="IOException">It can't be mounted there.</exception>
    public static void MountMemory(string target) =>
        Check(Mount("tmpfs", target, "tmpfs", 0, "size=1m,mode=755"), $"mounting {target}");

    /// <summary>Makes a mount read-only, whatever its other flags are. Linux 5.12 and later.</summary>
    /// <exception cref="IOException">The system does not allow it.</exception>
    public static unsafe void MakeReadOnly(string mount)
    {
        // The kernel's struct mount_attr: what to set, what to clear, propagation, a user namespace.
        Span<ulong> attributes = [AttributeReadOnly, 0, 0, 0];
        fixed (ulong* start = attributes)
        {
            var size = (nuint)(attributes.Length * sizeof(ulong));
            Check(
                SystemCall(MountSetAttributes, RelativeToWorkingDirectory, mount, 0, start, size),
                $"making {mount} read-only");
        }
    }

    private static unsafe void RaiseLoopback()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var descriptor = (int)socket.SafeHandle.DangerousGetHandle();

        // The C library's struct ifreq: 16 bytes of name, then the flags.
        Span<byte> request = stackalloc byte[40];
        request.Clear();
        "lo"u8.CopyTo(request);
        fixed (byte* start = request)
        {
            Check(InputOutputControl(descriptor, GetInterfaceFlags, start), "reading the loopback interface");
            request[16] |= 1;
            Check(InputOutputControl(descriptor, SetInterfaceFlags, start), "raising the loopback interface");
        }
    }

    private static void Check(nint result, string what)
    {
        if (result < 0) throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int what);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string? source, string target, string? type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static unsafe partial int InputOutputControl(int descriptor, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint SystemCall(
        nint number, nint directory, string path, nint flags, ulong* attributes, nuint size);
}
