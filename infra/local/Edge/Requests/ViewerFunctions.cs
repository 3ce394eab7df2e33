using System.Text.Json;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;

namespace Isobar.Local.Edge.Requests;

/// <summary>Runs the functions that the distribution associates with viewer events.</summary>
/// <param name="pools">By function name.</param>
internal sealed class ViewerFunctions(
    DistributionSettings settings, IReadOnlyDictionary<string, HandlerPool> pools, ViewerLimits limits, Journal journal)
{
    private const string RequestType = "viewer-request";
    private const string ResponseType = "viewer-response";

    /// <returns>The request unchanged when no function is associated.</returns>
    /// <exception cref="EdgeException">The function failed, or its result is not valid.</exception>
    public Task<ViewerRequestResult> RequestAsync(
        EventRequest request, string requestId, CancellationToken cancellationToken) => RunAsync(
        RequestType, request, null, requestId, new ContinuedRequest(request),
        returned => ViewerRequestResult.Read(returned, request, limits), cancellationToken);

    /// <returns>The headers of the answer.</returns>
    /// <exception cref="EdgeException">The function failed, or its result is not valid.</exception>
    public Task<HeaderMap> ResponseAsync(
        EventRequest request, EventResponse response, string requestId, CancellationToken cancellationToken) =>
        RunAsync(
            ResponseType, request, response, requestId, response.Headers,
            returned => ViewerResponseResult.Read(returned, response), cancellationToken);

    private async Task<T> RunAsync<T>(
        string eventType, EventRequest request, EventResponse? response, string requestId, T withoutFunction,
        Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        if (!settings.Functions.TryGetValue(eventType, out var function)) return withoutFunction;
        var config = new EventConfig(settings.DomainName, settings.Id, eventType, requestId);
        var outcome = await pools[function.Name].RunAsync(
            CloudFrontEvent.Of(config, request, response), requestId, cancellationToken);
        var (status, result, why) = (503, CacheResult.ExecutionError, "");
        switch (outcome)
        {
            case HandlerReturned { Value: var value }:
                try
                {
                    return read(value);
                }
                catch (InvalidResultException e)
                {
                    (status, result, why) = (502, CacheResult.ValidationError, e.Message);
                }

                break;
            case HandlerFailed failed:
                why = failed.Why;
                break;
            case HandlerThrottled:
                (result, why) = (CacheResult.LimitExceeded, "Too many events wait for the function.");
                break;
        }

        journal.Record(new EdgeFunctionFailed(requestId, function.Name, eventType, result, why));
        throw new EdgeException(status, result, $"The Lambda function of the event {eventType} failed. {why}");
    }
}
