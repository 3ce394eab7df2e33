using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;

namespace Isobar.Local.Tour;

/// <summary>What Intake's on-success destination, a topic, was told, and where it went from there.</summary>
internal sealed class FannedOut(StackClients clients, Jobs jobs, TourReport report)
{
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("One success, delivered to two subscribers");
        var files = await CataloguedAsync(cancellationToken);
        var landed = await clients.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = clients.LandingBucket }, cancellationToken);
        report.Check(files == landed.KeyCount && landed.IsTruncated != true,
            $"Intake → SNS → Catalog: catalog.json names {files} files, the landing bucket has {landed.KeyCount}");

        var accepted = (await jobs.AllAsync(cancellationToken)).Count(job => job.Refusal is null);
        var queue = await clients.Sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest
            {
                QueueUrl = clients.AuditQueueUrl, AttributeNames = ["ApproximateNumberOfMessages"],
            },
            cancellationToken);
        report.Check(queue.ApproximateNumberOfMessages == accepted,
            $"Intake → SNS → filter → audit queue: {queue.ApproximateNumberOfMessages} records of {accepted} versions");
    }

    private async Task<int> CataloguedAsync(CancellationToken cancellationToken)
    {
        using var answer = await clients.S3.GetObjectAsync(
            clients.SiteBucket, SiteFiles.Prefix + "catalog.json", cancellationToken);
        var catalog = await JsonNode.ParseAsync(answer.ResponseStream, cancellationToken: cancellationToken);
        return catalog?["files"]?.AsArray().Count ?? 0;
    }
}
