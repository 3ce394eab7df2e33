using System.Diagnostics;
using System.Globalization;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>One start of a process, and its first two invocations.</summary>
/// <param name="Init">From the start of the process to its first request for an event.</param>
/// <param name="First">From the first event to its response.</param>
/// <param name="ResidentBytes">After the second response.</param>
internal sealed record ColdStart(TimeSpan Init, TimeSpan First, TimeSpan Second, long ResidentBytes)
{
    /// <summary>
    /// Each call after the first: until its response, and from then until the runtime and the extension, if there is
    /// one, have asked for the next event.
    /// </summary>
    public IReadOnlyList<(TimeSpan Took, TimeSpan After)> Warm { get; private init; } = [];

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static async Task<ColdStart> MeasureAsync(
        ColdSubject subject, CpuShare share, CancellationToken cancellationToken)
    {
        // Of this process alone: a poll that an earlier one left behind must not get an event.
        await using var api = await ColdApi.StartAsync();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        var begun = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(Start(api, subject, share))!;
        // What it writes is read, so that it never waits for that; it is shown if the start fails.
        var written = Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(bound.Token);
        var end = CancelAtEndAsync(process, ended);
        try
        {
            var ready = await ReadyAsync(api, subject, ended.Token);
            var first = await InvokeAsync(api, subject, ended.Token);
            var warm = new List<(TimeSpan Took, TimeSpan After)>();
            for (var call = 0; call < subject.WarmCalls; call++)
                warm.Add(await InvokeAsync(api, subject, ended.Token));
            return new ColdStart(
                TimeProvider.System.GetElapsedTime(begun, ready), first.Took, warm[0].Took, Resident(process.Id))
            {
                Warm = warm,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (!process.HasExited) process.Kill();
            throw new InvalidOperationException(
                $"{subject.Name}, {subject.Way}, ended or took over {Bound}:\n{string.Concat(await written)}");
        }
        finally
        {
            process.Kill();
            await end;
        }
    }

    /// <returns>When the last of them asked for its next event.</returns>
    private static async Task<long> ReadyAsync(
        ColdApi api, ColdSubject subject, CancellationToken cancellationToken)
    {
        var polled = await api.PolledAsync(cancellationToken);
        return subject.HasExtension ? Math.Max(polled, await api.AttendedAsync(cancellationToken)) : polled;
    }

    private static async Task<(TimeSpan Took, TimeSpan After)> InvokeAsync(
        ColdApi api, ColdSubject subject, CancellationToken cancellationToken)
    {
        var (took, answered, response) = await api.InvokeAsync(
            subject.Event, subject.HasExtension, cancellationToken);
        var ready = await ReadyAsync(api, subject, cancellationToken);
        return response.Contains(subject.Response, StringComparison.Ordinal)
            ? (took, TimeProvider.System.GetElapsedTime(answered, ready))
            : throw new InvalidDataException($"{subject.Name}, {subject.Way}, answered {response}");
    }

    private static async Task CancelAtEndAsync(Process process, CancellationTokenSource ended)
    {
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
    }

    // A block of variables built from nothing, as Lambda does it.
    private static ProcessStartInfo Start(ColdApi api, ColdSubject subject, CpuShare share)
    {
        var start = new ProcessStartInfo("/bin/sh", share.Command(subject.Program))
        {
            WorkingDirectory = subject.Package,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        var memory = share.MemoryMb.ToString(CultureInfo.InvariantCulture);
        var heap = ((long)share.MemoryMb << 20).ToString("X", CultureInfo.InvariantCulture);
        (string, string)[] variables =
        [
            ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("LANG", "en_US.UTF-8"), ("TZ", ":UTC"),
            ("TMPDIR", Path.GetTempPath()), ("LAMBDA_TASK_ROOT", subject.Package),
            ("DOTNET_ROOT", Path.GetDirectoryName(ColdSubjects.Dotnet)!), ("DOTNET_EnableDiagnostics", "0"),
            ("DOTNET_GCHeapHardLimit", heap), ("AWS_LAMBDA_RUNTIME_API", api.Address.Authority),
            ("AWS_ENDPOINT_URL", api.Address.GetLeftPart(UriPartial.Authority)), ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "cold"), ("AWS_SECRET_ACCESS_KEY", "cold"),
            ("AWS_LAMBDA_FUNCTION_NAME", "cold"), ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory), ("AWS_LAMBDA_LOG_GROUP_NAME", "cold"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "cold"), ("AWS_LAMBDA_LOG_FORMAT", "JSON"),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", subject.IsProvisioned ? "provisioned-concurrency" : "on-demand"),
        ];
        foreach (var (name, value) in variables) start.Environment[name] = value;
        foreach (var (name, value) in subject.Variables) start.Environment[name] = value;
        return start;
    }

    private static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(
            line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) << 10;
    }
}
