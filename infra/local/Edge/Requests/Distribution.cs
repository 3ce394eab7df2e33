using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Isobar.Local.Edge.Requests;

/// <summary>Answers viewers: viewer-request, cache, origin, viewer-response.</summary>
internal sealed class Distribution(
    DistributionSettings settings, ViewerFunctions functions, ObjectSource objects, Activity activity,
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

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = 0;
        using var work = activity.Begin();
        var requestId = identifiers.NewHex(RequestIdBytes);
        var served = http.Request.Path.Value ?? "";
        EdgeAnswer answer;
        try
        {
            var request = ViewerRequestReader.Read(http, settings);
            (answer, served) = await AnswerAsync(request, requestId, http.RequestAborted);
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

    private async Task<(EdgeAnswer Answer, string Served)> AnswerAsync(
        EventRequest viewed, string requestId, CancellationToken cancellationToken)
    {
        var decided = await functions.RequestAsync(viewed, requestId, cancellationToken);
        if (decided is GeneratedResponse generated)
            return (new EdgeAnswer(
                generated.Status, generated.Headers, generated.Body, CacheResult.Generated), viewed.Uri);

        var request = ((ContinuedRequest)decided).Request;
        // After the function: it sees the URI without the default root object.
        var uri = request.Uri == "/" ? "/" + settings.DefaultRootObject : request.Uri;
        var found = await objects.FindAsync(uri, HttpMethods.IsHead(request.Method), cancellationToken);
        try
        {
            return (await FinishAsync(request, found, requestId, cancellationToken), uri);
        }
        catch
        {
            found.Large?.Dispose();
            throw;
        }
    }

    private async Task<EdgeAnswer> FinishAsync(
        EventRequest request, FoundObject found, string requestId, CancellationToken cancellationToken)
    {
        var isKnown = found.Object.Status == StatusCodes.Status200OK && Knows(request.Headers, found.Object.ETag);
        var status = isKnown ? StatusCodes.Status304NotModified : found.Object.Status;
        var headers = isKnown
            ? found.Object.Headers.Where(name => !name.StartsWith("content-", StringComparison.Ordinal))
            : found.Object.Headers;
        // Source: the same guide, "Restrictions on all edge functions": not at 400 and above.
        if (status < StatusCodes.Status400BadRequest)
        {
            var response = new EventResponse(
                headers, status.ToString(CultureInfo.InvariantCulture), ReasonPhrases.GetReasonPhrase(status));
            headers = await functions.ResponseAsync(request, response, requestId, cancellationToken);
        }

        return new EdgeAnswer(status, headers, found.Object.Body, found.Result)
        {
            Age = found.Age, Source = found.Large,
        };
    }

    private static bool Knows(HeaderMap headers, string? etag) =>
        etag is not null && headers.First("if-none-match") is { } known
        && EntityTagHeaderValue.TryParse(etag, out var current)
        && EntityTagHeaderValue.TryParseList([known], out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
