using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using Isobar.Functions;
using Isobar.Readings;

namespace Isobar.Api;

/// <summary>
/// Puts up to 500 readings to the stream. If any of them is wrong none is put, and the answer says which; if the stream
/// does not take some, the answer says which as well. Repeating the whole request is harmless.
/// </summary>
public sealed class CreateObservationsRoute(IReadingStream stream, TimeProvider clock, Responses responses)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Post, "/observations")]
    public async Task<APIGatewayProxyResponse> CreateObservations(
        APIGatewayProxyRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        if (ObservationsRequest.IsTooLong(request.Body))
            return responses.Problem(request, HttpStatusCode.RequestEntityTooLarge, ObservationsRequest.TooLong);
        var body = request.IsBase64Encoded ? null : request.Body;
        if (ObservationsRequest.TryRead(body, clock.GetUtcNow()) is not { } wanted)
            return responses.Problem(request, HttpStatusCode.BadRequest, ObservationsRequest.NoList);
        if (wanted.Errors.Count > 0)
            return responses.Problem(
                request, HttpStatusCode.BadRequest,
                $"{wanted.Errors.Count} readings are wrong, and none was accepted.", wanted.Errors);
        try
        {
            return Answer(
                request, wanted.Readings.Count,
                await stream.PutAsync([.. wanted.Readings.Select(StreamEntry.Of)], deadline.Token));
        }
        catch (StreamMissingException)
        {
            return responses.Problem(request, HttpStatusCode.ServiceUnavailable, GetLiveRoute.NotDeployed);
        }
    }

    private APIGatewayProxyResponse Answer(APIGatewayProxyRequest request, int count, PutOutcome outcome)
    {
        var refused = outcome.Refused;
        if (refused.Count == 0)
        {
            Logger.LogInformation("{count} readings put", count);
            return responses.Of(HttpStatusCode.Accepted, new AcceptedBody(count), BodiesJson.Default.AcceptedBody);
        }

        Logger.LogError("{refused} of {count} readings were refused: {reason}", refused.Count, count, outcome.Reason);
        return responses.Problem(
            request, HttpStatusCode.ServiceUnavailable,
            $"{count - refused.Count} of {count} readings were accepted. Send the others again, or all of them.",
            [.. refused.Select(index => new ItemError(index, "It was not accepted now."))], RetryAfter);
    }
}
