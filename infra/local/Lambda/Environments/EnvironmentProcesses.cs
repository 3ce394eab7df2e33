using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Environments;

/// <summary>The temporary directory of an environment that is over could not be removed.</summary>
internal sealed record ScratchLeftBehind(string FunctionName, string Directory, string Reason) : IFunctionFact;

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
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly EnclosureFolders folders;
    private readonly IEnclosure enclosure;
    private long peakBytes;
    private DateTimeOffset sampled;

    /// <param name="runtimeApi">Host and port, as the processes reach them.</param>
    public EnvironmentProcesses(
        FunctionConfiguration function, string id, string runtimeApi, EnclosureFolders folders, IEnclosure enclosure,
        EnvironmentTools tools, FunctionLog log)
    {
        this.function = function;
        this.tools = tools;
        this.log = log;
        this.folders = folders;
        this.enclosure = enclosure;
        variables = function.Image is { } image
            ? new Dictionary<string, string>([.. Without(image.Variables, function), .. function.EnvironmentVariables])
            : function.EnvironmentVariables;
        facts = new EnvironmentFacts(
            function.FunctionName, function.Version, function.Handler, function.Runtime, function.MemorySizeMb,
            function.Region, function.Credentials.AccessKeyId, function.Credentials.SecretAccessKey,
            function.Credentials.SessionToken, function.LogGroupName,
            function.LogStreamName(id, tools.RealTime.GetUtcNow()), runtimeApi, tools.Options.EndpointUrl,
            enclosure.Paths)
        {
            InitializationType = function.InitializationType,
            IsStartedByAws = function.Image is null || function.Image.EntryPoint is [ImageLaunches.Script],
        };
    }

    /// <summary>How the runtime starts, or why it does not.</summary>
    public RuntimeLaunch RuntimeLaunch()
    {
        var managed = new RuntimeLaunches(folders, enclosure.Paths);
        var wrapper = variables.GetValueOrDefault("AWS_LAMBDA_EXEC_WRAPPER");
        if (function.Image is not { } image)
            return managed.For(function.Runtime, function.Handler, wrapper, function.MemorySizeMb);
        var path = EnvironmentBlock.ForRuntime(facts, variables)["PATH"];
        return new ImageLaunches(managed, enclosure.Paths, path).For(
            [.. image.EntryPoint, .. image.Command], image.WorkingDirectory, function.Runtime, wrapper);
    }

    public ProcessStart RuntimeStart(RuntimeCommand command) => new(
        command.File, command.Arguments, command.WorkingDirectory ?? enclosure.Paths.TaskRoot,
        EnvironmentBlock.ForRuntime(facts, variables));

    /// <param name="failure">Why the platform can't start it, when it can't.</param>
    public ProcessStart? ExtensionStart(string name, out string? failure)
    {
        failure = ExtensionFiles.CannotStart(Path.Combine(folders.Layers!, "extensions", name));
        return failure is null
            ? new ProcessStart(
                $"{enclosure.Paths.Layers}/extensions/{name}", [], "/",
                EnvironmentBlock.ForExtension(facts, variables))
            : null;
    }

    // The function's variables replace the image's.
    private static IEnumerable<KeyValuePair<string, string>> Without(
        IReadOnlyDictionary<string, string> ofImage, FunctionConfiguration function) =>
        ofImage.Where(variable => !function.EnvironmentVariables.ContainsKey(variable.Key));

    /// <summary>Starts a process and sees it to its end.</summary>
    /// <param name="extension">Which external extension it is; null for the runtime.</param>
    /// <param name="started">Told of the process as soon as there is one.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system would not start it.</exception>
    public async Task<ProcessEnd> RunAsync(ProcessStart start, string? extension, Action<ChildProcess> started)
    {
        var child = await enclosure.StartAsync(start);
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
    /// <param name="processes">The ids of the running ones; asked for when they are looked at, now and then.</param>
    public int MaxMemoryUsedMb(Func<IReadOnlyList<int>> processes)
    {
        if (tools.RealTime.GetUtcNow() - sampled >= MemorySampling) Remember(processes());
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

    /// <summary>Removes the environment's <c>/tmp</c>. Not for a thread that sees the environment's mounts.</summary>
    public void RemoveScratch()
    {
        try
        {
            Directory.Delete(folders.Scratch, recursive: true);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            tools.Journal.Record(new ScratchLeftBehind(function.FunctionName, folders.Scratch, reason.Message));
        }
    }
}
