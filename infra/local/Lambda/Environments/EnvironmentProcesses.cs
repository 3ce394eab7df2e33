using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Environments;

/// <summary>The temporary directory of an environment that is over could not be removed.</summary>
internal sealed record ScratchLeftBehind(string FunctionName, string Directory, string Reason);

/// <summary>
/// What the processes of one environment are started with, their output, and the memory that they used.
/// </summary>
internal sealed class EnvironmentProcesses
{
    // Reading a process's peak costs some 15 µs; it only grows, so it need not be read at every invocation.
    private static readonly TimeSpan MemorySampling = TimeSpan.FromMilliseconds(100);

    private readonly FunctionConfiguration function;
    private readonly EnvironmentTools tools;
    private readonly FunctionLog log;
    private readonly EnvironmentFacts facts;
    private readonly string scratch;
    private long peakBytes;
    private DateTimeOffset sampled;

    public EnvironmentProcesses(
        FunctionConfiguration function, string id, string runtimeApi, EnvironmentTools tools, FunctionLog log)
    {
        this.function = function;
        this.tools = tools;
        this.log = log;
        scratch = Path.Combine(tools.Options.ScratchDirectory, id);
        var temporary = Directory.CreateDirectory(Path.Combine(scratch, "tmp")).FullName;
        facts = new EnvironmentFacts(
            function.FunctionName, function.Version, function.Handler, function.Runtime, function.MemorySizeMb,
            function.Region, function.Credentials.AccessKeyId, function.Credentials.SecretAccessKey,
            function.Credentials.SessionToken, function.LogGroupName,
            function.LogStreamName(id, tools.RealTime.GetUtcNow()), runtimeApi, tools.Options.EndpointUrl,
            function.CodeDirectory, temporary);
    }

    /// <param name="failure">The exit status of AWS's bootstrap when it would not start the handler.</param>
    public ProcessStart? RuntimeStart(out int failure) =>
        RuntimeCommand.For(function.CodeDirectory, function.Handler, DotnetHost.Executable, out failure) is { } command
            ? new ProcessStart(command.File, command.Arguments, function.CodeDirectory,
                EnvironmentBlock.ForRuntime(facts, function.EnvironmentVariables))
            : null;

    /// <param name="failure">Why the platform can't start it, when it can't.</param>
    public ProcessStart? ExtensionStart(string name, out string? failure)
    {
        var file = Path.Combine(function.LayersDirectory!, "extensions", name);
        failure = ExtensionFiles.CannotStart(file);
        return failure is null
            ? new ProcessStart(file, [], "/", EnvironmentBlock.ForExtension(facts, function.EnvironmentVariables))
            : null;
    }

    /// <summary>Starts a process and sees it to its end.</summary>
    /// <param name="extension">Which external extension it is; null for the runtime.</param>
    /// <param name="started">Told of the process as soon as there is one.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system would not start it.</exception>
    public async Task<ProcessEnd> RunAsync(ProcessStart start, string? extension, Action<ChildProcess> started)
    {
        var child = await tools.Launcher.StartAsync(start);
        log.Attach(child, extension);
        started(child);
        var end = await child.WaitForEndAsync();
        log.Detach(child);
        tools.Launcher.Forget(child);
        child.Release();
        return end;
    }

    /// <summary>The most that the processes of this environment used together, in whole MB.</summary>
    /// <remarks>
    /// Each one's largest resident set, added up and rounded up, and never more than the function has: pages of files
    /// are in it, and shared pages count for each.
    /// </remarks>
    public int MaxMemoryUsedMb(IReadOnlyList<int> processes)
    {
        if (tools.RealTime.GetUtcNow() - sampled >= MemorySampling) Remember(processes);
        return Math.Min(function.MemorySizeMb, (int)((peakBytes + (1 << 20) - 1) >> 20));
    }

    /// <summary>Reads the peaks now, while the processes can still be asked.</summary>
    public void Remember(IReadOnlyList<int> processes)
    {
        var together = 0L;
        foreach (var process in processes) together += MemoryReading.Of(process)?.PeakBytes ?? 0;
        if (together == 0) return;
        sampled = tools.RealTime.GetUtcNow();
        peakBytes = Math.Max(peakBytes, together);
    }

    /// <summary>The function ran out of memory: the report says that it used all.</summary>
    public void UseAllMemory() => peakBytes = Math.Max(peakBytes, (long)function.MemorySizeMb << 20);

    /// <summary>Removes the environment's <c>/tmp</c>.</summary>
    public void RemoveScratch()
    {
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            tools.Journal.Record(new ScratchLeftBehind(function.FunctionName, scratch, reason.Message));
        }
    }
}
