using System.Text.Json.Nodes;
using Isobar.Local.Costs;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Costs;

/// <summary>What a run measured: docs/cost-measured.json, which MeasuredUseStories write.</summary>
internal sealed class Measured
{
    private readonly JsonNode document = JsonNode.Parse(RepositoryFile.Read("docs/cost-measured.json"))!;

    public string Date => (string)document["measured"]!;

    public string Machine => (string)document["machine"]!;

    public int Rows => (int)document["rows"]!;

    public long Bytes => (long)document["bytes"]!;

    /// <summary>The file and all that is made of it.</summary>
    public decimal StoredBytes => (decimal)document["storedBytesOfAFile"]!;

    public int CustomMetrics => (int)document["customMetrics"]!;

    /// <summary>Files that landed one after the other.</summary>
    public int Singles => (int)document["single"]!["count"]!;

    /// <summary>Files that landed together.</summary>
    public int Bulk => (int)document["bulk"]!["count"]!;

    /// <summary>Calls of the API.</summary>
    public int Calls => (int)document["reads"]!["count"]!;

    public decimal OfSingle(Meter meter) => Each("single", meter);

    public decimal OfBulk(Meter meter) => Each("bulk", meter);

    public decimal OfCall(Meter meter) => Each("reads", meter);

    private decimal Each(string run, Meter meter)
    {
        var part = document[run]!;
        return (decimal?)part["quantities"]![meter.ToString()] is { } quantity ? quantity / (int)part["count"]! : 0;
    }
}
