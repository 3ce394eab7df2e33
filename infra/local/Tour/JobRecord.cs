using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Tour;

/// <summary>A job's item as anyone can read it from the jobs table.</summary>
internal sealed record JobRecord(
    string Id, string Key, string VersionId, int Total, int Done, int Failed,
    long Rows, long Accepted, long Flagged, long Missing, long Malformed, string? Refusal)
{
    /// <summary>Whether each row of the finished chunks has exactly one outcome.</summary>
    public bool IsBalanced => Rows == Accepted + Flagged + Missing + Malformed;

    public bool IsSettled => Refusal is not null || Done + Failed >= Total;

    public string State => this switch
    {
        { Refusal: not null } => "refused",
        { IsSettled: false } => "running",
        { Failed: > 0 } => "incomplete",
        _ => "finished",
    };

    public string Counts => string.Create(CultureInfo.InvariantCulture,
        $"{Rows:N0} rows = {Accepted:N0} accepted + {Flagged:N0} flagged"
        + $" + {Missing:N0} missing + {Malformed:N0} malformed");

    public static JobRecord Read(Dictionary<string, AttributeValue> item) => new(
        item["job"].S, item["key"].S, item["versionId"].S,
        (int)Number(item, "total"), (int)Number(item, "done"), (int)Number(item, "failed"),
        Number(item, "rows"), Number(item, "accepted"), Number(item, "flagged"), Number(item, "missing"),
        Number(item, "malformed"), item.GetValueOrDefault("refusal")?.S);

    private static long Number(Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);
}
