using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Images;

/// <summary>
/// What Report reads of one station, as the core stack writes it: the document images/station-months.json. It is the
/// RequestItems of a BatchWriteItem, with a placeholder for the name of each table.
/// </summary>
/// <remarks>Without the instants at which items expire: nothing that reads them looks at those.</remarks>
internal sealed class CoreMonths
{
    private const string Stations = "STATIONS_TABLE";
    private const string Jobs = "JOBS_TABLE";

    /// <summary>What is of one landing: no two have it in common.</summary>
    private static readonly string[] OfALanding = ["job", "versionId", "sequencer", "landedAt"];

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject tables;

    private CoreMonths(JsonObject tables) => this.tables = tables;

    /// <summary>Where it is in this checkout.</summary>
    public static string Path { get; } = Repository.In("images", "station-months.json");

    public static CoreMonths Read(string text) => new(JsonNode.Parse(text)!.AsObject());

    /// <summary>Reads the tables of a stack, in which one version of one file has the station.</summary>
    public static async Task<CoreMonths> ReadAsync(DeployedStack stack, string station, string job)
    {
        var ofStation = await QueryAsync(stack, stack.StationsTable, "station", station);
        var source = ofStation.Select(item => (string)item["item"]!["S"]!)
            .Single(item => item.StartsWith("source#", StringComparison.Ordinal));
        var current = await QueryAsync(stack, stack.StationsTable, "station", source);
        var requests = await QueryAsync(stack, stack.StationsTable, "station", "report");
        var ofJob = await QueryAsync(stack, stack.JobsTable, "job", job);
        return new CoreMonths(new JsonObject
        {
            [Stations] = Puts(
            [
                .. ofStation, .. current.Where(item => (string?)item["item"]!["S"] == "current"), .. requests,
            ]),
            [Jobs] = Puts(ofJob.Where(item => (string?)item["item"]!["S"] == "job")),
        });
    }

    public override string ToString() => tables.ToJsonString(Readable) + "\n";

    /// <summary>
    /// The items as they would be if another landing had written them, and months as text: how they are compressed is
    /// the libraries' choice.
    /// </summary>
    public JsonNode AsOf(CoreMonths other)
    {
        var text = tables.ToJsonString();
        foreach (var name in OfALanding)
            text = text.Replace(LandingOf(tables, name), LandingOf(other.tables, name), StringComparison.Ordinal);
        var same = JsonNode.Parse(text)!;
        foreach (var put in same[Stations]!.AsArray())
            if (put!["PutRequest"]!["Item"]!["months"] is JsonObject months)
                months["B"] = Decompress((string)months["B"]!);
        return same;
    }

    // A sequencer is the beginning of an order, too, whose length is the same for all.
    private static string LandingOf(JsonObject tables, string name) =>
        (string)tables[Jobs]!.AsArray().Single()!["PutRequest"]!["Item"]![name]!["S"]!;

    private static JsonArray Puts(IEnumerable<JsonNode> items) =>
        [.. items.Select(item => new JsonObject { ["PutRequest"] = new JsonObject { ["Item"] = Lasting(item) } })];

    private static JsonNode Lasting(JsonNode item)
    {
        var lasting = item.DeepClone().AsObject();
        lasting.Remove("expiresAt");
        return lasting;
    }

    private static async Task<IEnumerable<JsonNode>> QueryAsync(
        DeployedStack stack, string table, string key, string value)
    {
        var answer = await stack.Calls.DynamoDbAsync("Query", new JsonObject
        {
            ["TableName"] = table,
            ["KeyConditionExpression"] = $"{key} = :value",
            ["ExpressionAttributeValues"] = new JsonObject { [":value"] = new JsonObject { ["S"] = value } },
            ["ConsistentRead"] = true,
        });
        Assert.Null(answer["LastEvaluatedKey"]);
        return answer["Items"]!.AsArray().Select(item => item!);
    }

    private static string Decompress(string months)
    {
        using var compressed = new MemoryStream(Convert.FromBase64String(months));
        using var text = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
