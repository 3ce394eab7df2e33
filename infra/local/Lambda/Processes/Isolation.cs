using System.ComponentModel;
using System.Net.Sockets;

namespace Isobar.Local.Lambda.Processes;

/// <summary>What the user asked for.</summary>
internal enum IsolationChoice
{
    /// <summary>Namespaces where the system allows them, plain processes elsewhere.</summary>
    Auto,
    Namespaces,
    Plain,
}

/// <summary>How this host keeps environments apart; decided once, at its start.</summary>
internal sealed class Isolation
{
    private readonly ProcessLauncher launcher;
    private readonly int? endpointPort;

    private Isolation(ProcessLauncher launcher, int? endpointPort, bool usesNamespaces, string description)
    {
        this.launcher = launcher;
        this.endpointPort = endpointPort;
        UsesNamespaces = usesNamespaces;
        Description = description;
    }

    /// <summary>False: environments share the host's network, and two of them can't listen on one port.</summary>
    public bool UsesNamespaces { get; }

    /// <summary>One line for the host's start.</summary>
    public string Description { get; }

    /// <summary>Decides, by trying when it must.</summary>
    /// <param name="endpointPort">The AWS endpoint's; null when the host has none.</param>
    /// <param name="scratch">An empty folder to try in; it may be missing.</param>
    /// <exception cref="IsolationUnavailableException">Namespaces were asked for and can't be had.</exception>
    public static Isolation Choose(IsolationChoice choice, ProcessLauncher launcher, int? endpointPort, string scratch)
    {
        const string isolated = "execution environments have a network and mounts of their own (namespaces)";
        const string plain = "execution environments are plain processes";
        if (choice == IsolationChoice.Plain) return new Isolation(launcher, endpointPort, false, plain);
        if (WhyNot(launcher, scratch) is not { } reason) return new Isolation(launcher, endpointPort, true, isolated);
        return choice == IsolationChoice.Auto
            ? new Isolation(launcher, endpointPort, false, $"{plain}, because namespaces are not to be had ({reason})")
            : throw new IsolationUnavailableException($"--isolation namespaces is not possible here: {reason}");
    }

    /// <exception cref="IOException">The system does not allow it.</exception>
    /// <exception cref="SocketException">The system does not allow it.</exception>
    public IEnclosure Enclose(EnclosureFolders folders)
    {
        Directory.CreateDirectory(folders.Temporary);
        return UsesNamespaces
            ? new NamespaceEnclosure(folders, launcher, endpointPort)
            : new PlainEnclosure(folders, launcher);
    }

    private static string? WhyNot(ProcessLauncher launcher, string scratch)
    {
        if (!OperatingSystem.IsLinux()) return "this is not Linux";
        if (launcher.RootChanger is null) return "there is no unshare command";
        try
        {
            var folders = new EnclosureFolders(Directory.CreateDirectory(scratch).FullName, null, scratch);
            Directory.CreateDirectory(folders.Temporary);
            using var enclosure = new NamespaceEnclosure(folders, launcher, null);
            enclosure.RuntimeApi.Dispose();
            var start = new ProcessStart("/bin/sh", ["-c", "exit 0"], "/var/task", new Dictionary<string, string>());
            var child = enclosure.StartAsync(start).GetAwaiter().GetResult();
            var end = child.WaitForEndAsync().GetAwaiter().GetResult();
            launcher.Forget(child);
            child.Release();
            return end is { ExitCode: 0 } ? null : $"a process in them ended with status {end.ExitCode}";
        }
        catch (Exception reason)
            when (reason is IOException or UnauthorizedAccessException or SocketException or Win32Exception)
        {
            return reason.Message;
        }
    }
}

/// <summary>The isolation that was asked for can't be had on this machine.</summary>
internal sealed class IsolationUnavailableException(string message) : Exception(message);
