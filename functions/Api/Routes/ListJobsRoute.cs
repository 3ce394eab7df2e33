using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>The jobs, the newest first, a page at a time.</summary>
public sealed class ListJobsRoute(JobsView jobs, Answers answers)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/jobs")]
    public async Task<APIGatewayProxyResponse> ListJobs(APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime, Margins.Answer);
        if (PageRequest.TryRead(request.QueryStringParameters, out var problem) is not { } wanted)
            return answers.Problem(request, HttpStatusCode.BadRequest, problem);
        var page = await jobs.ListAsync(wanted.Limit, wanted.After, deadline.Token);
        var body = new JobsBody([.. page.Jobs.Select(job => JobBody.Of(job))], page.Next?.ToString());
        return answers.Of(HttpStatusCode.OK, body, BodiesJson.Default.JobsBody);
    }
}
