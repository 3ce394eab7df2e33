using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Microsoft.AspNetCore.WebUtilities;

namespace Isobar.Local.Edge.Requests;

/// <summary>Makes what a viewer gets of an object: a part, 304, an error's page; with viewer-response at the end.
/// </summary>
internal sealed class AnswerMaker(DistributionSettings settings, EdgeFunctions functions, ObjectSource objects)
{
    /// <param name="viewed">The viewer's request, as viewer-request left it.</param>
    /// <exception cref="EdgeException">A function failed.</exception>
    public async Task<EdgeAnswer> MakeAsync(
        Exchange exchange, EventRequest viewed, CancellationToken cancellationToken)
    {
        var found = await objects.FindAsync(exchange, cancellationToken);
        try
        {
            return found.Object.Status >= StatusCodes.Status400BadRequest
                ? await ErrorAsync(exchange, viewed, found, cancellationToken)
                : await FinishAsync(exchange, viewed, found, cancellationToken);
        }
        catch
        {
            found.Large?.Dispose();
            throw;
        }
    }

    /// <summary>The page for the error; where that is not there either, the error itself.</summary>
    private async Task<EdgeAnswer> ErrorAsync(
        Exchange exchange, EventRequest viewed, FoundObject found, CancellationToken cancellationToken)
    {
        if (settings.Errors.GetValueOrDefault(found.Object.Status) is { PagePath: { } path } error)
        {
            var behavior = settings.BehaviorOf(path);
            // Neither viewer event runs for the page.
            var request = viewed with { Method = HttpMethods.Get, Uri = path, Querystring = "" };
            var page = await objects.FindAsync(
                new Exchange(behavior, exchange.RequestId, ViewerFacts.AddTo(request, behavior), path, default),
                cancellationToken);
            if (page.Object.Status == StatusCodes.Status200OK)
            {
                found.Large?.Dispose();
                page = page with { Result = CacheResult.Error };
                return Answer(exchange, viewed, page, error.ResponseCode, page.Object.Headers);
            }

            page.Large?.Dispose();
        }

        return Answer(exchange, viewed, found, found.Object.Status, found.Object.Headers);
    }

    private async Task<EdgeAnswer> FinishAsync(
        Exchange exchange, EventRequest viewed, FoundObject found, CancellationToken cancellationToken)
    {
        var (status, headers) = (found.Object.Status, found.Object.Headers);
        ByteRange? range = null;
        if (status == StatusCodes.Status200OK && Conditions.AreMet(viewed.Headers, headers))
        {
            status = StatusCodes.Status304NotModified;
            headers = headers.Where(name => !name.StartsWith("content-", StringComparison.Ordinal));
        }
        else if ((range = ByteRange.Of(viewed, found.Object, WholeLength(found))) is { } part)
        {
            status = part.Length == 0
                ? StatusCodes.Status416RangeNotSatisfiable
                : StatusCodes.Status206PartialContent;
            headers = headers.Where(name => name != "content-length");
            headers.Set("Content-Range", part.Text);
        }

        var answer = Answer(exchange, viewed, found, status, headers) with { Range = range };
        // Source: Amazon CloudFront Developer Guide, "Restrictions on all edge functions": not at 400 and above.
        if (status >= StatusCodes.Status400BadRequest) return answer;
        var response = new EventResponse(
            answer.Headers, status.ToString(CultureInfo.InvariantCulture), ReasonPhrases.GetReasonPhrase(status));
        return answer with
        {
            Headers = await functions.ViewerResponseAsync(
                exchange.Behavior, viewed, response, exchange.RequestId, cancellationToken),
        };
    }

    private static long? WholeLength(FoundObject found) =>
        found.Large is { } large ? large.Length : found.Object.Body.Length;

    private static EdgeAnswer Answer(
        Exchange exchange, EventRequest viewed, FoundObject found, int status, HeaderMap headers) => new(
        status, PolicyHeaders.Apply(exchange.Behavior.ResponseHeaders, viewed, headers), found.Object.Body,
        found.Result)
    {
        Age = found.Age, Source = found.Large,
    };
}
