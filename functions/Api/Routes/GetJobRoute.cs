using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>One job: where it stands, the law, what failed and what happened.</summary>
public sealed class GetJobRoute(JobsView jobs, Answers answers)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/jobs/{id}")]
    public async Task<APIGatewayProxyResponse> GetJob(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime, Margins.Answer);
        var job = JobName.IsPossible(id) ? await jobs.FindAsync(id, deadline.Token) : null;
        if (job is null) return answers.Problem(request, HttpStatusCode.NotFound, JobName.Unknown);
        var failed = job.Failed > 0 ? await jobs.FailedAsync(job.Job, deadline.Token) : [];
        var events = await jobs.EventsAsync(id, deadline.Token);
        var body = JobBody.Of(
            job, [.. failed.Select(each => new FailureBody(each.Message.Start, each.Message.End, each.Reason))],
            Timeline.Of(job, events));
        return answers.Of(HttpStatusCode.OK, body, BodiesJson.Default.JobBody);
    }
}
