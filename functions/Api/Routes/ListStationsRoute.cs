using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Functions;
using Isobar.Stations;

namespace Isobar.Api;

/// <summary>
/// Returns a page of the stations that have months. A station is listed before its months are current: until then its
/// months are 404.
/// </summary>
public sealed class ListStationsRoute(StationList stations, Responses responses)
{
    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/stations")]
    public async Task<APIGatewayProxyResponse> ListStations(APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime);
        if (StationsRequest.TryRead(request.QueryStringParameters, out var problem) is not { } wanted)
            return responses.Problem(request, HttpStatusCode.BadRequest, problem);
        var page = await stations.PageAsync(wanted.Country, wanted.After, deadline.Token);
        var body = new StationsBody(
            [.. page.Stations.Select(station => new StationBody(station, station[..2]))], page.Next?.ToString());
        return responses.Of(HttpStatusCode.OK, body, BodiesJson.Default.StationsBody);
    }
}
