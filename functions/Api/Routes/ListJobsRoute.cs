using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Functions;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>Returns a page of jobs, the newest first.</summary>
public sealed class ListJobsRoute(JobReader jobs, Responses responses)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/jobs")]
    public async Task<APIGatewayProxyResponse> ListJobs(APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime);
        if (PageRequest.TryRead(request.QueryStringParameters, out var problem) is not { } wanted)
            return responses.Problem(request, HttpStatusCode.BadRequest, problem);
        var page = await jobs.ListAsync(wanted.Limit, wanted.After, deadline.Token);
        var body = new JobsBody([.. page.Jobs.Select(job => JobBody.Of(job))], page.Next?.ToString());
        return responses.Of(HttpStatusCode.OK, body, BodiesJson.Default.JobsBody);
    }
}
