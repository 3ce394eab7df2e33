using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Functions;
using Isobar.Stations;

namespace Isobar.Api;

/// <summary>Returns months of one station.</summary>
public sealed class GetMonthsRoute(StationReader stations, Responses responses)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/stations/{id}/months")]
    public async Task<APIGatewayProxyResponse> GetMonths(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime);
        if (!StationPath.IsStationId(id))
            return responses.Problem(request, HttpStatusCode.NotFound, StationPath.NotFound);
        if (MonthsRequest.TryRead(request.QueryStringParameters, out var problem) is not { } wanted)
            return responses.Problem(request, HttpStatusCode.BadRequest, problem);
        try
        {
            var months = await stations.MonthsAsync(id, wanted.From, wanted.To, deadline.Token);
            // None in a range may be because the station has others.
            var isKnown = months.Count > 0
                || (!wanted.IsEverything && (await stations.MonthsAsync(id, null, null, deadline.Token)).Count > 0);
            return isKnown
                ? responses.Of(
                    HttpStatusCode.OK, new MonthsBody(id, [.. months.Select(MonthBody.Of)]),
                    BodiesJson.Default.MonthsBody)
                : responses.Problem(request, HttpStatusCode.NotFound, StationPath.NotFound);
        }
        catch (TooManySourcesException)
        {
            return responses.Problem(
                request, HttpStatusCode.Conflict,
                $"More than {StationReader.MaxSources} files have months of this station.");
        }
    }
}
