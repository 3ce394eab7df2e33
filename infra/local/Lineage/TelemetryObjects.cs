using System.Globalization;
using Amazon.S3;

namespace Isobar.Local.Lineage;

/// <summary>Reads what the telemetry extension has shipped into the data bucket.</summary>
internal sealed class TelemetryObjects(IAmazonS3 s3, StackNames stack)
{
    /// <summary>Objects that are read to find a request: of a function and a day.</summary>
    public const int MaxObjects = 200;

    // Shipped at the end of the invocation, or when the environment ends, which may be on the next day.
    private static readonly TimeSpan[] Days = [TimeSpan.Zero, TimeSpan.FromDays(1)];

    /// <summary>The objects that tell of a request, with how many lines each.</summary>
    /// <param name="function">Its name in the template, without "Function".</param>
    /// <param name="at">When the request was.</param>
    public async Task<IReadOnlyList<(string Place, int Lines)>> FindAsync(
        string function, string requestId, DateTimeOffset at, Explanation explanation,
        CancellationToken cancellationToken)
    {
        var found = new List<(string, int)>();
        // The live stack's function ships nothing.
        if (stack.Find(function + "Function") is not { } name) return found;
        foreach (var day in Days)
        {
            var prefix = Prefix(name, at + day);
            var (keys, isAll) = await new ResultObjects(s3, stack.DataBucket).KeysAsync(prefix, cancellationToken);
            if (!isAll || keys.Count > MaxObjects)
                explanation.LeaveOut($"more than {MaxObjects} objects below s3://{stack.DataBucket}/{prefix}");
            foreach (var key in keys.Take(MaxObjects))
                if (await CountAsync(key, requestId, cancellationToken) is var lines and > 0)
                    found.Add(($"s3://{stack.DataBucket}/{key}", lines));
        }

        return found;
    }

    private static string Prefix(string function, DateTimeOffset day) => string.Create(
        CultureInfo.InvariantCulture, $"telemetry/{function}/{day.UtcDateTime:yyyy'/'MM'/'dd}/");

    private async Task<int> CountAsync(string key, string requestId, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var line in new ResultObjects(s3, stack.DataBucket).LinesAsync(key, cancellationToken))
            if (line.Contains(requestId, StringComparison.Ordinal)) count++;
        return count;
    }
}
