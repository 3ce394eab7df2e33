using Isobar.Local.Edge.AccessLogs;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Requests;

/// <summary>Answers viewers: viewer-request, cache, origin with its two events, viewer-response.</summary>
/// <param name="log">The access log; null where the distribution has none.</param>
internal sealed class Distribution(
    DistributionSettings settings, EdgeFunctions functions, AnswerMaker answers, AccessLog? log, Activity activity,
    Identifiers identifiers, ServiceClock clock, Journal journal)
{
    // As long as CloudFront's request ids are.
    private const int RequestIdBytes = 28;

    public async Task HandleAsync(HttpContext http)
    {
        if (!FrontDoor.IsLoopbackName(http.Request.Host.Host))
        {
            // A page of another site can make a browser send requests here under its own name (DNS rebinding).
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        using var work = activity.Begin();
        var (requestId, began) = (identifiers.NewHex(RequestIdBytes), clock.GetTimestamp());
        var served = http.Request.Path.Value ?? "";
        EdgeAnswer answer;
        try
        {
            (answer, served) = await AnswerAsync(http, requestId);
        }
        catch (EdgeException e)
        {
            answer = EdgeAnswer.Error(e, requestId);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        journal.Record(new EdgeRequestAnswered(
            requestId, http.Request.Method, http.Request.Path.Value ?? "", served, answer.Status, answer.Result)
        {
            Bytes = HttpMethods.IsHead(http.Request.Method) ? 0 : answer.BodyLength,
        });
        var first = clock.GetElapsedTime(began);
        try
        {
            await answer.WriteAsync(http, requestId, settings);
        }
        finally
        {
            log?.Add(LoggedRequest.Of(http, answer, requestId, first, clock.GetElapsedTime(began)));
        }
    }

    private async Task<(EdgeAnswer Answer, string Served)> AnswerAsync(HttpContext http, string requestId)
    {
        var stop = http.RequestAborted;
        var viewed = ViewerRequestReader.Read(http);
        // A function that changes the URI does not change the behavior.
        var behavior = settings.BehaviorOf(viewed.Uri);
        var body = await ViewerRequestReader.BodyAsync(http, behavior);
        var decided = await functions.RequestAsync(
            EventTypes.ViewerRequest, behavior, viewed, body, requestId, stop);
        if (decided is GeneratedResponse generated)
            return (new EdgeAnswer(
                generated.Status, generated.Headers, generated.Body, CacheResult.Generated), viewed.Uri);

        var continued = (ContinuedRequest)decided;
        var request = continued.Request;
        // After the function: it sees the URI without the default root object.
        var uri = request.Uri == "/" ? "/" + settings.DefaultRootObject : request.Uri;
        var exchange = new Exchange(
            behavior, requestId, ViewerFacts.AddTo(request, behavior), uri, continued.Body ?? body);
        return (await answers.MakeAsync(exchange, request, stop), uri);
    }
}
