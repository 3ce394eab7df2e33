using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using Isobar.Chunks;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>
/// Sends the failed chunks of a job again: at most all of its 512. A chunk stays failed until it is committed, so
/// doing it twice sends some messages twice, and of two messages of a chunk one commits.
/// </summary>
public sealed class RedriveJobRoute(JobsView jobs, IChunkQueue chunks, Answers answers)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Post, "/jobs/{id}/redrive")]
    public async Task<APIGatewayProxyResponse> RedriveJob(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime, Margins.Answer);
        var job = JobName.IsPossible(id) ? await jobs.FindAsync(id, deadline.Token) : null;
        if (job is null) return answers.Problem(request, HttpStatusCode.NotFound, JobName.Unknown);
        var failed = await jobs.FailedAsync(job.Job, deadline.Token);
        await chunks.SendAsync([.. failed.Select(chunk => chunk.Message)], deadline.Token);
        Logger.LogInformation("Job {job}: {chunks} failed chunks sent again", id, failed.Count);
        return answers.Of(HttpStatusCode.Accepted, new RedriveBody(id, failed.Count), BodiesJson.Default.RedriveBody);
    }
}
