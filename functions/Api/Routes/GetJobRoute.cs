using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Functions;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>Returns one job: its state, counts, failed chunks and timeline.</summary>
public sealed class GetJobRoute(JobReader jobs, Responses responses)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/jobs/{id}")]
    public async Task<APIGatewayProxyResponse> GetJob(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime);
        var job = JobPath.IsJobId(id) ? await jobs.FindAsync(id, deadline.Token) : null;
        if (job is null) return responses.Problem(request, HttpStatusCode.NotFound, JobPath.NotFound);
        var failed = job.Failed > 0 ? await jobs.FailedAsync(job.Job, deadline.Token) : [];
        var events = await jobs.EventsAsync(id, deadline.Token);
        var body = JobBody.Of(
            job, [.. failed.Select(each => new FailureBody(each.Message.Start, each.Message.End, each.Reason))],
            Timeline.Of(job, events));
        return responses.Of(HttpStatusCode.OK, body, BodiesJson.Default.JobBody);
    }
}
