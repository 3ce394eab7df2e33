using System.Text.Json.Nodes;
using Amazon.S3.Model;

namespace Isobar.Stories.Images;

/// <summary>What Report reads and writes in the stack of infra/stacks/image.yaml.</summary>
internal sealed class ReportPages(DeployedStack stack)
{
    /// <summary>The station whose months are in <see cref="CoreMonths"/>.</summary>
    public const string Station = "XIW00000003";

    private const string Site = "site/";

    /// <summary>
    /// Puts the months, invokes the function and takes the pages out of the bucket, so that the next one finds none.
    /// </summary>
    /// <returns>The pages' content by path; nothing in them depends on when they were written.</returns>
    public async Task<SortedDictionary<string, string>> WriteAsync(string function)
    {
        await PutMonthsAsync();
        using var answer = await stack.Calls.InvokeAsync(stack.NameOf(function), """{"pages":1}""", "RequestResponse");
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var found = await stack.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = stack.DataBucket, Prefix = Site });
        foreach (var key in (found.S3Objects ?? []).Select(each => each.Key))
        {
            using var page = await stack.S3.GetObjectAsync(stack.DataBucket, key);
            using var content = new StreamReader(page.ResponseStream);
            pages.Add(key[Site.Length..], await content.ReadToEndAsync());
            await stack.S3.DeleteObjectAsync(stack.DataBucket, key);
        }

        return pages;
    }

    private async Task PutMonthsAsync()
    {
        var items = (await File.ReadAllTextAsync(CoreMonths.Path))
            .Replace("STATIONS_TABLE", stack.StationsTable, StringComparison.Ordinal)
            .Replace("JOBS_TABLE", stack.JobsTable, StringComparison.Ordinal);
        var answer = await stack.Calls.DynamoDbAsync(
            "BatchWriteItem", new JsonObject { ["RequestItems"] = JsonNode.Parse(items) });
        Assert.Empty(answer["UnprocessedItems"]!.AsObject());
    }
}
