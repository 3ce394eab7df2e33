using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using Isobar.Chunks;
using Isobar.Functions;
using Isobar.Jobs;
using Isobar.Summaries;

namespace Isobar.Api;

/// <summary>
/// Sends the failed chunks of a job again, at most its 512; of a job whose chunks are all done, the messages that
/// summarise it. It changes no item: a chunk stays failed until it is committed. Two redrives may send a message twice,
/// and only one of the two commits; a summary that was written before is written again, the same.
/// </summary>
public sealed class RedriveJobRoute(
    JobReader jobs, IChunkQueue chunks, ISummaryQueue summaries, Responses responses)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Post, "/jobs/{id}/redrive")]
    public async Task<APIGatewayProxyResponse> RedriveJob(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var job = JobPath.IsJobId(id) ? await jobs.FindAsync(id, deadline.Token) : null;
        if (job is null) return responses.Problem(request, HttpStatusCode.NotFound, JobPath.NotFound);
        var failed = await jobs.FailedAsync(job.Job, deadline.Token);
        await chunks.SendAsync([.. failed.Select(chunk => chunk.Message)], deadline.Token);
        var sent = await SummarizeAsync(id, context.AwsRequestId, deadline.Token);
        Logger.LogInformation(
            "Job {job}: {chunks} failed chunks and {summaries} summary messages sent again", id, failed.Count, sent);
        return responses.Of(
            HttpStatusCode.Accepted, new RedriveBody(id, failed.Count, sent), BodiesJson.Default.RedriveBody);
    }

    // Whether the summary failed is not known here: what it wrote may be all there, or nothing, or some.
    private async Task<int> SummarizeAsync(string id, string requestId, CancellationToken cancellationToken)
    {
        if (await jobs.FindFinishedAsync(id, cancellationToken) is not { } finished) return 0;
        var messages = SummaryMessage.Of(SummaryStep.Merge, finished.Source, id, finished.Shards, requestId);
        await summaries.SendAsync(messages, cancellationToken);
        return messages.Count;
    }
}
