using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Isobar.Samples;

namespace Isobar.Stories;

/// <summary>One version of a landed object.</summary>
internal sealed record LandedVersion(string Key, string VersionId);

/// <summary>A job's item in the jobs table.</summary>
internal sealed record Job(
    string Id, LandedVersion Source, string Sequencer, int Total, int Done, int Failed,
    long Rows, long Accepted, long Flagged, long Missing, long Malformed, string? Refusal)
{
    public bool IsSettled => Refusal is not null || Done + Failed >= Total;

    public string State => this switch
    {
        { Refusal: not null } => "refused",
        { IsSettled: false } => "running",
        { Failed: > 0 } => "incomplete",
        _ => "finished",
    };

    public static Job Read(Dictionary<string, AttributeValue> item) => new(
        item["job"].S, new LandedVersion(item["key"].S, item["versionId"].S), item["sequencer"].S,
        (int)Number(item, "total"), (int)Number(item, "done"), (int)Number(item, "failed"),
        Number(item, "rows"), Number(item, "accepted"), Number(item, "flagged"), Number(item, "missing"),
        Number(item, "malformed"), item.GetValueOrDefault("refusal")?.S);

    /// <summary>Each row has exactly one outcome, at every instant.</summary>
    public void AssertBalanced() => Assert.Equal(Rows, Accepted + Flagged + Missing + Malformed);

    /// <summary>Finished, with exactly what was planted.</summary>
    public void AssertFinishedAs(Expectation planted)
    {
        AssertBalanced();
        Assert.Equal("finished", State);
        Assert.Equal(
            (planted.Rows, planted.Accepted, planted.Flagged.Values.Sum(), planted.Missing,
                planted.Malformed.Values.Sum()),
            (Rows, Accepted, Flagged, Missing, Malformed));
    }

    private static long Number(Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);
}
