using System.Globalization;
using System.Runtime.InteropServices;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>
/// The part of a processor that a function of some memory has: 1,769 MB have one virtual CPU, others in proportion.
/// It is a control group of the kernel's, removed when disposed.
/// </summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Configure Lambda function memory". The guide does not say over which period
/// the share is counted; 20 ms is taken here.
/// </remarks>
internal sealed class CpuShare : IDisposable
{
    public const int MemoryOfOneCpu = 1_769;

    private const int PeriodMicroseconds = 20_000;

    private readonly string? folder;

    private CpuShare(int memoryMb, string? folder) => (MemoryMb, this.folder) = (memoryMb, folder);

    public int MemoryMb { get; }

    /// <summary>The share of a function with this memory.</summary>
    /// <param name="why">Why there is none on this machine; null when there is.</param>
    public static CpuShare? TryCreate(int memoryMb, out string? why)
    {
        var quota = PeriodMicroseconds * memoryMb / MemoryOfOneCpu;
        var name = $"isobar-cold-{Environment.ProcessId}-{memoryMb}";
        var first = Path.Combine("/sys/fs/cgroup/cpu", name);
        var second = Path.Combine("/sys/fs/cgroup", name);
        why = null;
        try
        {
            // Version 1 has a hierarchy for each resource; in version 2 there is one for all of them.
            if (Directory.Exists(Path.GetDirectoryName(first)))
                return Create(memoryMb, first,
                    ("cpu.cfs_period_us", Text(PeriodMicroseconds)), ("cpu.cfs_quota_us", Text(quota)));
            return Create(memoryMb, second, ("cpu.max", $"{Text(quota)} {Text(PeriodMicroseconds)}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return null;
        }
    }

    /// <summary>The shares of functions with these memories; where there are none, the whole machine alone.</summary>
    /// <param name="why">Why there are none on this machine; null when there are.</param>
    public static IReadOnlyList<CpuShare> TryCreateAll(IEnumerable<int> memories, out string? why)
    {
        var shares = new List<CpuShare>();
        foreach (var memory in memories)
        {
            if (TryCreate(memory, out why) is { } share)
            {
                shares.Add(share);
                continue;
            }

            foreach (var created in shares) created.Dispose();
            return [Whole()];
        }

        why = null;
        return shares;
    }

    /// <summary>The file to which a process writes its id to join; empty for the whole machine.</summary>
    public string Processes => folder is null ? "" : $"{folder}/cgroup.procs";

    /// <summary>A whole machine, where no share can be had.</summary>
    public static CpuShare Whole() => new(MemoryOfOneCpu, folder: null);

    /// <summary>A command that joins the group and then becomes the program, under the same process id.</summary>
    public IEnumerable<string> Command(IEnumerable<string> program) =>
        ["-c", folder is null ? "exec \"$@\"" : $"echo $$ > {folder}/cgroup.procs && exec \"$@\"", "sh", .. program];

    public void Dispose()
    {
        if (folder is not null) RemoveGroup(folder);
    }

    private static CpuShare Create(int memoryMb, string folder, params (string File, string Text)[] limits)
    {
        Directory.CreateDirectory(folder);
        try
        {
            foreach (var (file, text) in limits)
            {
                // The kernel makes the files of a group; one that is not there would be another file system's folder.
                using var limit = new FileStream(Path.Combine(folder, file), FileMode.Open, FileAccess.Write);
                limit.Write(System.Text.Encoding.ASCII.GetBytes(text));
            }

            return new CpuShare(memoryMb, folder);
        }
        catch
        {
            RemoveGroup(folder);
            throw;
        }
    }

    // Directory.Delete looks for files to delete first, and those of a group can't be.
    private static void RemoveGroup(string folder)
    {
        if (RemoveFolder(folder) != 0)
            throw new IOException($"{folder} is not removed: error {Marshal.GetLastPInvokeError()}");
    }

    [DllImport("libc", EntryPoint = "rmdir", SetLastError = true)]
    private static extern int RemoveFolder(string path);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
