using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Isobar.Local.Edge.Requests;

/// <summary>Answers viewers: viewer-request, cache, origin with its two events, viewer-response.</summary>
internal sealed class Distribution(
    DistributionSettings settings, EdgeFunctions functions, ObjectSource objects, Activity activity,
    Identifiers identifiers, Journal journal)
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
        var requestId = identifiers.NewHex(RequestIdBytes);
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
            Bytes = HttpMethods.IsHead(http.Request.Method) ? 0 : answer.Body.Length,
        });
        await answer.WriteAsync(http, requestId, settings);
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
        var found = await objects.FindAsync(exchange, stop);
        try
        {
            return (await FinishAsync(exchange, request, found, stop), uri);
        }
        catch
        {
            found.Large?.Dispose();
            throw;
        }
    }

    private async Task<EdgeAnswer> FinishAsync(
        Exchange exchange, EventRequest request, FoundObject found, CancellationToken cancellationToken)
    {
        var isKnown = found.Object.Status == StatusCodes.Status200OK
            && Conditions.AreMet(request.Headers, found.Object.Headers);
        var status = isKnown ? StatusCodes.Status304NotModified : found.Object.Status;
        var headers = isKnown
            ? found.Object.Headers.Where(name => !name.StartsWith("content-", StringComparison.Ordinal))
            : found.Object.Headers;
        // Source: the same guide, "Restrictions on all edge functions": not at 400 and above.
        if (status < StatusCodes.Status400BadRequest)
        {
            var response = new EventResponse(
                headers, status.ToString(CultureInfo.InvariantCulture), ReasonPhrases.GetReasonPhrase(status));
            headers = await functions.ViewerResponseAsync(
                exchange.Behavior, request, response, exchange.RequestId, cancellationToken);
        }

        return new EdgeAnswer(status, headers, found.Object.Body, found.Result)
        {
            Age = found.Age, Source = found.Large,
        };
    }
}
