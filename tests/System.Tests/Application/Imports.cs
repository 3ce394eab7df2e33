using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;

namespace Isobar.Stories.Application;

/// <summary>Asks for imports as the API does, and reads what became of them.</summary>
internal sealed class Imports(DeployedStack stack)
{
    // The template's default, which belongs to NOAA.
    private const string PublicOpenData = "noaa-ghcn-pds";

    /// <summary>A station that no story asked for before, not in an earlier run either.</summary>
    public static string NewStation() => $"XI{Guid.NewGuid():N}"[..11].ToUpperInvariant();

    public static string KeyOf(string station) => $"csv/by_station/{station}.csv";

    /// <summary>Puts a sample into the open data as a station's file.</summary>
    public async Task SeedAsync(string station, string sample)
    {
        if (stack.OpenDataBucket == PublicOpenData)
            Assert.Skip($"The stack {stack.Name} imports from {PublicOpenData}, where a story can put no file; "
                + "deploy it with OpenDataBucket=<a bucket of yours>.");
        await stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = stack.OpenDataBucket,
            Key = KeyOf(station),
            FilePath = Path.Combine(Repository.Samples, sample),
        });
    }

    /// <summary>Asks for a station.</summary>
    /// <returns>The import's id.</returns>
    public async Task<string> BeginAsync(string station)
    {
        var importId = Guid.NewGuid().ToString();
        await stack.Calls.InvokeAsync(
            stack.LiveOf("ImportFunction"),
            new JsonObject { ["importId"] = importId, ["station"] = station }.ToJsonString(), "Event");
        return importId;
    }

    /// <summary>Asks for a failed import to be sent again.</summary>
    /// <returns>What Remediate answers.</returns>
    public async Task<JsonNode> ResendAsync(string importId)
    {
        var answer = await stack.Calls.InvokeAsync(
            stack.LiveOf("RemediateFunction"), new JsonObject { ["resend"] = importId }.ToJsonString(),
            "RequestResponse");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>The import's item, each attribute as text; empty before Import has taken the event up.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string importId)
    {
        var answer = await stack.DynamoDb.GetItemAsync(new GetItemRequest
        {
            TableName = stack.ImportsTable,
            Key = new() { ["importId"] = new AttributeValue(importId) },
            ConsistentRead = true,
        });
        return (answer.Item ?? []).ToDictionary(attribute => attribute.Key, attribute => attribute.Value.S);
    }

    /// <summary>What the job's timeline says.</summary>
    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> TimelineAsync(string job)
    {
        var answer = await stack.DynamoDb.QueryAsync(new QueryRequest
        {
            TableName = stack.JobsTable,
            KeyConditionExpression = "job = :job AND begins_with(#item, :event)",
            ExpressionAttributeNames = new() { ["#item"] = "item" },
            ExpressionAttributeValues = new() { [":job"] = new(job), [":event"] = new("event#") },
        });
        return answer.Items ?? [];
    }
}
