namespace Isobar.Local.Lineage;

/// <summary>A request id of Lambda: the lines of its attempts, and the jobs and imports that these name.</summary>
internal sealed class RequestLineage(
    LogSearch logs, TelemetryObjects telemetry, JobLineage jobs, ImportLineage imports, WaysBack ways,
    string dataBucket)
{
    /// <summary>Lines that are shown.</summary>
    public const int MaxLines = 100;

    /// <summary>Jobs that are explained.</summary>
    public const int MaxJobs = 3;

    private const int JobDigits = 64;

    // Of the live stack.
    private const string Live = "Live";

    /// <summary>
    /// Where what a function failed on for good ends: queues of the template. Chunks and summaries are their jobs' to
    /// explain, and Import's events the imports'.
    /// </summary>
    public static IReadOnlyDictionary<string, EventRetries> Events { get; } = new Dictionary<string, EventRetries>
    {
        ["Intake"] = new("IntakeFailuresQueue"),
        ["CatalogRecordFile"] = new("CatalogDeadLetterQueue"),
        ["Notify"] = new("UndeliveredQueue"),
        ["Remediate"] = new("UndeliveredQueue"),
        ["Report"] = new("UndeliveredQueue", Attempts: 2),
    };

    /// <summary>The same for what functions get by an event source mapping, which tries it in other requests.</summary>
    private static readonly Dictionary<string, string> QueuesOfMappings = new()
    {
        ["CatalogWritePages"] = "CatalogChangesDeadLetterQueue",
        ["DeadLetters"] = "DeadLettersFailuresQueue",
        ["Finalize"] = "FinalizeFailuresQueue",
    };

    /// <exception cref="LineageException">No line tells of it.</exception>
    public async Task AddAsync(
        Explanation explanation, string id, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var lines = await logs.FindAsync(logs.Functions, id, since, explanation, cancellationToken);
        if (lines.Count == 0)
        {
            // An import may have an id of this form, too.
            if (await imports.AddAsync(explanation, id, cancellationToken)) return;
            throw new LineageException(
                $"No function's log has a line with {id} since {since:yyyy-MM-dd HH:mm} UTC. Look further back with "
                + "--since; logs are kept for LogRetentionDays. "
                + $"These were read: {string.Join(", ", logs.Functions)}. The live stack's are among them if it is "
                + "named as the core stack with -live behind.");
        }

        foreach (var line in lines.Take(MaxLines))
            explanation.Add("log", $"{line.At} {line.Function}: {line.Says}");
        if (lines.Count > MaxLines) explanation.LeaveOut($"{lines.Count - MaxLines} more lines with {id}");
        foreach (var function in lines.Where(line => line.RequestId == id).Select(line => line.Function).Distinct())
            await AddFunctionAsync(
                explanation, id, function, [.. lines.Where(line => line.Function == function)], cancellationToken);
        await AddSubjectsAsync(explanation, lines, cancellationToken);
    }

    private async Task AddFunctionAsync(
        Explanation explanation, string id, string function, IReadOnlyList<LogLine> lines,
        CancellationToken cancellationToken)
    {
        var found = await telemetry.FindAsync(function, id, lines[0].Time, explanation, cancellationToken);
        foreach (var (place, count) in found) explanation.Add("telemetry", $"{place}: {count} lines");
        if (found.Count == 0) explanation.Add("telemetry", $"none of {function}: not shipped yet, or Telemetry is off");
        var attempts = lines.Count(line => line.IsStart);
        var failed = IsFailed(lines);
        if (failed && Events.TryGetValue(function, out var retries))
            AddEvent(explanation, function, attempts, retries);
        else if (failed && function == Live)
            explanation.AddFailure("attempts", "one of Live, failed; what it failed on is tried in other requests, and "
                + $"then it is an object below s3://{dataBucket}/aws/lambda/, whose key is $BATCH_KEY",
                ways.ResendBatch());
        else if (failed && QueuesOfMappings.TryGetValue(function, out var queue))
            explanation.AddFailure("attempts", $"one of {function}, failed; what it failed on is tried in other "
                + $"requests, and then it is in {queue}", ways.FromQueue(queue));
        else
            explanation.Add("attempts", $"{attempts} of {function}; the last one {(failed ? "failed" : "succeeded")}");
    }

    private void AddEvent(Explanation explanation, string function, int attempts, EventRetries retries)
    {
        if (attempts < retries.Attempts)
            explanation.Add("attempts", $"{attempts} of {function}, all failed; Lambda tries it {retries.Attempts} "
                + $"times, at {retries.Minutes} minutes; then it is in {retries.Queue}");
        else
            explanation.AddFailure(
                "attempts", $"{attempts} of {function}, all failed: it is in {retries.Queue}",
                ways.FromQueue(retries.Queue));
    }

    private async Task AddSubjectsAsync(
        Explanation explanation, IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        var named = lines.Select(line => line.Property("job")).OfType<string>()
            .Where(job => job.Length == JobDigits && job.All(char.IsAsciiHexDigitLower)).Distinct().ToList();
        foreach (var job in named.Take(MaxJobs))
            if ((await jobs.ReadAsync(job, cancellationToken)).Job is not null)
                await jobs.AddAsync(explanation, job, chunk: null, cancellationToken);
        if (named.Count > MaxJobs) explanation.LeaveOut($"{named.Count - MaxJobs} more jobs of these lines");
        var ids = lines.Select(line => line.Property("import_id") ?? line.Property("importId")).OfType<string>();
        foreach (var import in ids.Distinct().Take(MaxJobs))
            await imports.AddAsync(explanation, import, cancellationToken);
    }

    /// <summary>Whether the last attempt failed, or part of its batch.</summary>
    private static bool IsFailed(IReadOnlyList<LogLine> lines)
    {
        var last = lines.Skip(lines.ToList().FindLastIndex(line => line.IsStart) is var at and >= 0 ? at : 0);
        return last.Any(line => line.IsFailure);
    }
}
