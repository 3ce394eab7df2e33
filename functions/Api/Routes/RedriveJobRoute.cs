using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using Isobar.Chunks;
using Isobar.Functions;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>
/// Sends the failed chunks of a job again, at most its 512. It changes no item: a chunk stays failed until it is
/// committed. Two redrives may send a message twice, and only one of the two commits.
/// </summary>
public sealed class RedriveJobRoute(JobReader jobs, IChunkQueue chunks, Responses responses)
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
        Logger.LogInformation("Job {job}: {chunks} failed chunks sent again", id, failed.Count);
        return responses.Of(HttpStatusCode.Accepted, new RedriveBody(id, failed.Count), BodiesJson.Default.RedriveBody);
    }
}
