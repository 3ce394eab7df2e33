using System.Net;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Readings;

namespace Isobar.Api;

/// <summary>Returns the latest readings of a station, and the means of its newest window.</summary>
public sealed class GetLiveRoute(ILiveReader live, Responses responses)
{
    internal const string NotDeployed = "The stack of live readings is not deployed.";

    private const string None = "There are no live readings of such a station.";

    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/stations/{id}/live")]
    public async Task<APIGatewayProxyResponse> GetLive(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime);
        if (!StationId.IsValid(Encoding.UTF8.GetBytes(id)))
            return responses.Problem(request, HttpStatusCode.NotFound, None);
        try
        {
            return await live.FindAsync(id, deadline.Token) is { } found
                ? responses.Of(HttpStatusCode.OK, LiveBody.Of(id, found), BodiesJson.Default.LiveBody)
                : responses.Problem(request, HttpStatusCode.NotFound, None);
        }
        catch (ResourceNotFoundException)
        {
            return responses.Problem(request, HttpStatusCode.ServiceUnavailable, NotDeployed);
        }
    }
}
