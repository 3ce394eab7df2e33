using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;

namespace Isobar.Local.Tour;

/// <summary>Where the records of accepted files went from Intake's on-success destination, a topic.</summary>
internal sealed class FannedOut(LocalHost host, StackClients clients, Jobs jobs, TourReport report)
{
    private const string Station = "XIW00000001";

    // More than the batching window of the catalogue's changes.
    private static readonly TimeSpan WindowAndMore = TimeSpan.FromSeconds(6);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("One success, delivered to two subscribers");
        await host.ClockControl.AdvanceByAsync(WindowAndMore, cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        var files = await ListedAsync("catalog.json", cancellationToken);
        var landed = await clients.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = clients.LandingBucket }, cancellationToken);
        report.Check(files.Count == landed.KeyCount && landed.IsTruncated != true,
            $"Intake → SNS → catalogue: it lists {files.Count} files, the landing bucket has {landed.KeyCount}");
        var page = await ListedAsync($"catalog/{Station}.json", cancellationToken);
        report.Check(page.Count == 1,
            $"a page for each station: {Station} is {(string?)page[0]?["station"]}, {(string?)page[0]?["key"]}");

        var accepted = (await jobs.AllAsync(cancellationToken)).Count(job => job.Refusal is null);
        var queue = await clients.Sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest
            {
                QueueUrl = clients.AuditQueueUrl, AttributeNames = ["ApproximateNumberOfMessages"],
            },
            cancellationToken);
        report.Check(queue.ApproximateNumberOfMessages == accepted,
            "Intake → SNS → filter → audit queue: "
                + $"{queue.ApproximateNumberOfMessages} records of {accepted} versions");
    }

    private async Task<JsonArray> ListedAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await clients.S3.GetObjectAsync(
            clients.SiteBucket, SiteFiles.Prefix + path, cancellationToken);
        var list = await JsonNode.ParseAsync(answer.ResponseStream, cancellationToken: cancellationToken);
        return list?["files"]?.AsArray() ?? [];
    }
}
