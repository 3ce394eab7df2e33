using System.IO.Compression;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;

namespace Isobar.Stories;

/// <summary>Lands files, and reads what became of them, through S3 and DynamoDB.</summary>
internal sealed class Landings(DeployedStack stack)
{
    public DeployedStack Stack => stack;

    public async Task<LandedVersion> PutAsync(string key, Stream content)
    {
        var answer = await stack.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = stack.LandingBucket, Key = key, InputStream = content });
        return new LandedVersion(key, answer.VersionId);
    }

    public Task<LandedVersion> PutAsync(string key, byte[] content) => PutAsync(key, new MemoryStream(content));

    /// <summary>Lands a sample file under a key of the story's own.</summary>
    public Task<LandedVersion> PutSampleAsync(string key, string name) =>
        PutAsync(key, File.ReadAllBytes(Path.Combine(Repository.Samples, name)));

    /// <summary>The jobs of these versions, in their order; fewer where some have none yet.</summary>
    public async Task<IReadOnlyList<Job>> JobsAsync(params IReadOnlyList<LandedVersion> versions)
    {
        var items = await ItemsAsync(new ScanRequest
        {
            TableName = stack.JobsTable,
            FilterExpression = "#item = :job",
            ExpressionAttributeNames = new() { ["#item"] = "item" },
            ExpressionAttributeValues = new() { [":job"] = new AttributeValue("job") },
        });
        var jobs = items.Select(Job.Read).ToLookup(job => job.Source);
        return [.. versions.SelectMany(version => jobs[version])];
    }

    /// <summary>The job of a key's newest version; null before it has one.</summary>
    public async Task<Job?> NewestJobAsync(string key)
    {
        var versions = await stack.S3.ListVersionsAsync(stack.LandingBucket, key);
        var newest = versions.Versions.First(version => version.IsLatest == true).VersionId;
        return (await JobsAsync(new LandedVersion(key, newest))).SingleOrDefault();
    }

    /// <summary>Whether the catalogue's table has the version that a job reads, or one of the same sequencer.</summary>
    public async Task<bool> IsInCatalogueAsync(Job job)
    {
        var answer = await stack.DynamoDb.GetItemAsync(
            stack.NameOf("CatalogTable"), new() { ["key"] = new AttributeValue(job.Source.Key) }, consistentRead: true);
        return answer.Item is { Count: > 0 } item && item["sequencer"].S == job.Sequencer;
    }

    /// <summary>The reasons of a job's failed chunks.</summary>
    public async Task<IReadOnlyList<string>> FailuresAsync(Job job)
    {
        var items = await ItemsAsync(new ScanRequest
        {
            TableName = stack.JobsTable,
            FilterExpression = "job = :job AND #state = :failed",
            ExpressionAttributeNames = new() { ["#state"] = "state" },
            ExpressionAttributeValues = new()
            {
                [":job"] = new AttributeValue(job.Id), [":failed"] = new AttributeValue("failed"),
            },
        });
        return [.. items.Select(item => item["reason"].S)];
    }

    /// <summary>The curated rows of a job.</summary>
    public IAsyncEnumerable<JsonNode> CuratedAsync(Job job) => LinesAsync($"curated/{job.Id}/");

    /// <summary>The quarantined rows of a job.</summary>
    public IAsyncEnumerable<JsonNode> QuarantineAsync(Job job) => LinesAsync($"quarantine/{job.Id}/");

    /// <summary>Every object below a prefix of the data bucket, with its content's tag.</summary>
    public async Task<IReadOnlyList<(string Key, string Tag)>> ResultsAsync(string prefix)
    {
        var pages = stack.S3.Paginators.ListObjectsV2(
            new ListObjectsV2Request { BucketName = stack.DataBucket, Prefix = prefix });
        var found = new List<(string, string)>();
        await foreach (var page in pages.Responses)
            found.AddRange((page.S3Objects ?? []).Select(entry => (entry.Key, entry.ETag)));
        return found;
    }

    /// <summary>The file is still there, whatever became of its job.</summary>
    public async Task AssertKeptAsync(LandedVersion version, long length)
    {
        var head = await stack.S3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest
            {
                BucketName = stack.LandingBucket, Key = version.Key, VersionId = version.VersionId,
            });
        Assert.Equal(length, head.ContentLength);
    }

    /// <summary>The message of a job's first chunk, as Intake sends it.</summary>
    public string ChunkMessage(Job job, long end, long length, bool gzip) => new JsonObject
    {
        ["source"] = new JsonObject
        {
            ["bucket"] = stack.LandingBucket,
            ["key"] = job.Source.Key,
            ["versionId"] = job.Source.VersionId,
            ["sequencer"] = job.Sequencer,
        },
        ["job"] = job.Id,
        ["start"] = 0,
        ["end"] = end,
        ["length"] = length,
        ["gzip"] = gzip,
    }.ToJsonString();

    private async IAsyncEnumerable<JsonNode> LinesAsync(string prefix)
    {
        foreach (var (key, _) in await ResultsAsync(prefix))
        {
            using var answer = await stack.S3.GetObjectAsync(stack.DataBucket, key);
            await using var content = key.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(answer.ResponseStream, CompressionMode.Decompress)
                : answer.ResponseStream;
            using var reader = new StreamReader(content);
            while (await reader.ReadLineAsync() is { } line) yield return JsonNode.Parse(line)!;
        }
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync(ScanRequest request)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var page = await stack.DynamoDb.ScanAsync(request);
            items.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return items;
    }
}
