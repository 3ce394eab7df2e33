using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Isobar.Local.Lineage;

/// <summary>Finds lines in the functions' log groups.</summary>
/// <param name="logs">CloudWatch Logs.</param>
/// <param name="groups">The log groups by the functions' names in the template, without "Function".</param>
internal sealed class LogSearch(SignedApi logs, IReadOnlyDictionary<string, string> groups)
{
    /// <summary>A line may have a time just before that of a version, whose clock is S3's.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Lines of a group that are read.</summary>
    public const int MaxLines = 200;

    /// <summary>
    /// Pages of a group that are read; on AWS a page can be empty and have a next one, where there are many lines.
    /// </summary>
    private const int MaxPages = 20;

    private const int AtATime = 4;
    private const string Filter = "Logs_20140328.FilterLogEvents";

    /// <summary>Every function that has a log group, in the order of their names.</summary>
    public IReadOnlyList<string> Functions => [.. groups.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The lines that have a text, in the order of their times.</summary>
    /// <param name="functions">Names in the template without "Function"; those without a group are passed over.</param>
    /// <param name="term">Without a double quote.</param>
    /// <param name="explanation">Is told what was not read.</param>
    public async Task<IReadOnlyList<LogLine>> FindAsync(
        IEnumerable<string> functions, string term, DateTimeOffset since, Explanation explanation,
        CancellationToken cancellationToken)
    {
        var found = new List<LogLine>();
        foreach (var some in functions.Where(groups.ContainsKey).Chunk(AtATime))
        {
            var answers = await Task.WhenAll(some.Select(
                function => OfGroupAsync(function, groups[function], term, since, cancellationToken)));
            foreach (var (lines, leftOut) in answers)
            {
                found.AddRange(lines);
                if (leftOut is not null) explanation.LeaveOut(leftOut);
            }
        }

        return [.. found.OrderBy(line => line.Time)];
    }

    private async Task<(IReadOnlyList<LogLine> Lines, string? LeftOut)> OfGroupAsync(
        string function, string group, string term, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var lines = new List<LogLine>();
        var request = new JsonObject
        {
            ["logGroupName"] = group,
            ["filterPattern"] = $"\"{term}\"",
            ["startTime"] = since.ToUnixTimeMilliseconds(),
            ["limit"] = MaxLines,
        };
        for (var pages = 0; ; pages++)
        {
            if (pages == MaxPages || lines.Count >= MaxLines)
                return (lines, $"lines of {group} after the first {lines.Count} with {term}");
            JsonNode answer;
            try
            {
                answer = await logs.JsonAsync(Filter, request, cancellationToken);
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
            {
                return (lines, $"the log of {function}: the group {group} is gone");
            }

            lines.AddRange(answer["events"]!.AsArray().Select(line => new LogLine(
                function, DateTimeOffset.FromUnixTimeMilliseconds((long)line!["timestamp"]!),
                (string)line["message"]!)));
            if ((string?)answer["nextToken"] is not { } next) return (lines, null);
            request["nextToken"] = next;
        }
    }
}
