using System.Text.Json.Nodes;

namespace Isobar.Local.Lineage;

/// <summary>
/// The command that leads from each kind of failure back to a correct result: each can be typed into a shell that has
/// the function <c>isobar</c>, and each may be repeated.
/// </summary>
internal sealed class WaysBack(StackNames stack)
{
    private const string UsualStack = "isobar";

    // Only another file helps against these: the same bytes fail again.
    private static readonly string[] OfTheFile = ["gzip:", "object:", "stations:", "months:", "elements:"];

    private string StackOption => stack.Stack == UsualStack ? "" : $" --stack-name {stack.Stack}";

    /// <summary>From a failure of a chunk or a whole file.</summary>
    /// <param name="reason">As the table has it.</param>
    public string FromFailure(JobItem job, string reason) => IsOfTheFile(reason) ? GoodVersion(job) : Redrive(job.Id);

    /// <summary>Sends what failed of a job again: its chunks, or its summary.</summary>
    public string Redrive(string job) =>
        $"curl -sS -X POST \"{stack.Api}/jobs/{job}/redrive\" "
        + $"-H \"Authorization: Bearer $(isobar token{StackOption})\"";

    /// <summary>Puts a good version of a file in the place of one that is broken.</summary>
    public string GoodVersion(JobItem job) => $"aws s3 cp \"$GOOD_FILE\" {Quoted($"s3://{job.Bucket}/{job.Key}")}";

    /// <summary>Lands the same bytes again, as a new version.</summary>
    /// <remarks>
    /// One request: a pipe of two would land an empty file if the first one failed. S3 copies an object onto itself
    /// only if the metadata is replaced, which Intake does not read. A copy can have 5 GB, more than 512 chunks.
    /// </remarks>
    public string LandAgain(JobItem job)
    {
        var source = $"{job.Bucket}/{Uri.EscapeDataString(job.Key).Replace("%2F", "/", StringComparison.Ordinal)}"
            + $"?versionId={Uri.EscapeDataString(job.VersionId)}";
        return $"aws s3api copy-object --bucket {job.Bucket} --key {Quoted(job.Key)} --copy-source {Quoted(source)} "
            + "--metadata-directive REPLACE";
    }

    /// <summary>Sends an import's event again.</summary>
    public string Resend(string importId) =>
        $"aws lambda invoke --function-name {stack.Output("RemediateFunctionName")} --invocation-type Event "
        + "--payload fileb:///dev/stdin /dev/null <<< "
        + Quoted(new JsonObject { ["resend"] = importId }.ToJsonString());

    /// <summary>Puts a batch of readings that Live failed on to the stream again: that of $BATCH_KEY.</summary>
    public string ResendBatch() =>
        $"aws lambda invoke --function-name {stack.Output("RemediateFunctionName")} --invocation-type Event "
        + "--payload fileb:///dev/stdin /dev/null <<< \"{\\\"resendBatch\\\":\\\"$BATCH_KEY\\\"}\"";

    /// <summary>From a summary that was given up.</summary>
    /// <param name="failure">The last line of a function that failed on it; null if there is none.</param>
    /// <param name="arePartialsGone">Whether the job's partials have expired.</param>
    public (string Says, string Command) FromSummary(JobItem job, LogLine? failure, bool arePartialsGone)
    {
        if (failure?.Reason is { } reason && IsOfTheFile(reason))
            return ("no redrive mends that: divide the file, and land the first part at its key and the others at keys "
                + "of their own", GoodVersion(job));
        if (arePartialsGone || failure is { IsOfMissingObject: true })
            return ("no redrive mends that, because partials of its chunks are gone: they are kept for "
                + "ResultRetentionDays. The file has to land again", LandAgain(job));
        return ("a redrive sends its messages again", Redrive(job.Id));
    }

    /// <summary>Sends what waits in a queue of failures again, to where it failed.</summary>
    /// <param name="queue">Its name in the template.</param>
    public string FromQueue(string queue) => $"isobar resend {queue}{StackOption}";

    public static bool IsOfTheFile(string reason) =>
        OfTheFile.Any(prefix => reason.StartsWith(prefix, StringComparison.Ordinal));

    // In single quotes a shell changes nothing; one in the text ends them, and is put in between.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
