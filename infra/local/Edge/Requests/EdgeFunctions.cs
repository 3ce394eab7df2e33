using System.Text.Json;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Stack;
using Isobar.Local.History;

namespace Isobar.Local.Edge.Requests;

/// <summary>Runs the functions that the behaviors associate with events.</summary>
/// <param name="pools">By function name.</param>
internal sealed class EdgeFunctions(
    DistributionSettings settings, IReadOnlyDictionary<string, HandlerPool> pools, FunctionLimits limits,
    Journal journal)
{
    /// <param name="eventType"><c>viewer-request</c> or <c>origin-request</c>.</param>
    /// <param name="body">The request's; empty for none.</param>
    /// <returns>The request unchanged when no function is associated.</returns>
    /// <exception cref="EdgeException">The function failed, or its result is not valid.</exception>
    public async Task<RequestResult> RequestAsync(
        string eventType, BehaviorSettings behavior, EventRequest request, ReadOnlyMemory<byte> body,
        string requestId, CancellationToken cancellationToken)
    {
        if (!behavior.Functions.TryGetValue(eventType, out var association)) return new ContinuedRequest(request);
        var bounds = limits.Of(eventType);
        var shown = association.IncludesBody && !body.IsEmpty ? request with { Body = Shown(body, bounds) } : request;
        var returned = await RunAsync(eventType, association.Function, shown, null, requestId, cancellationToken);
        return Checked(
            eventType, association.Function, requestId,
            () => RequestResult.Read(eventType, returned, shown, bounds));
    }

    /// <returns>Null when no function is associated.</returns>
    /// <exception cref="EdgeException">The function failed, or its result is not valid.</exception>
    public async Task<ResponseResult?> OriginResponseAsync(
        BehaviorSettings behavior, EventRequest request, EventResponse response, string requestId)
    {
        const string Type = EventTypes.OriginResponse;
        if (!behavior.Functions.TryGetValue(Type, out var association)) return null;
        var returned = await RunAsync(Type, association.Function, request, response, requestId, CancellationToken.None);
        return Checked(
            Type, association.Function, requestId,
            () => ResponseResult.ReadOrigin(returned, response, limits.Of(Type)));
    }

    /// <returns>The headers of the answer.</returns>
    /// <exception cref="EdgeException">The function failed, or its result is not valid.</exception>
    public async Task<HeaderMap> ViewerResponseAsync(
        BehaviorSettings behavior, EventRequest request, EventResponse response, string requestId,
        CancellationToken cancellationToken)
    {
        const string Type = EventTypes.ViewerResponse;
        if (!behavior.Functions.TryGetValue(Type, out var association)) return response.Headers;
        var returned = await RunAsync(Type, association.Function, request, response, requestId, cancellationToken);
        return Checked(
            Type, association.Function, requestId, () => ResponseResult.ReadViewer(returned, response));
    }

    private static EventBody Shown(ReadOnlyMemory<byte> body, EventLimits limits)
    {
        var isTruncated = body.Length > limits.MaxBodyBytes;
        var shown = isTruncated ? body[..limits.MaxBodyBytes] : body;
        return new EventBody(isTruncated, "read-only", "base64", Convert.ToBase64String(shown.Span));
    }

    private async Task<JsonElement> RunAsync(
        string eventType, EdgeFunction function, EventRequest request, EventResponse? response, string requestId,
        CancellationToken cancellationToken)
    {
        var config = new EventConfig(settings.DomainName, settings.Id, eventType, requestId);
        var outcome = await pools[function.Name].RunAsync(
            CloudFrontEvent.Of(config, request, response), requestId, cancellationToken);
        return outcome switch
        {
            HandlerReturned { Value: var value } => value,
            HandlerFailed failed => throw Failure(
                503, CacheResult.ExecutionError, failed.Why, eventType, function, requestId),
            _ => throw Failure(
                503, CacheResult.LimitExceeded, "Too many events wait for the function.", eventType, function,
                requestId),
        };
    }

    private T Checked<T>(string eventType, EdgeFunction function, string requestId, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidResultException e)
        {
            throw Failure(502, CacheResult.ValidationError, e.Message, eventType, function, requestId);
        }
    }

    private EdgeException Failure(
        int status, string result, string why, string eventType, EdgeFunction function, string requestId)
    {
        journal.Record(new EdgeFunctionFailed(requestId, function.Name, eventType, result, why));
        return new EdgeException(status, result, $"The Lambda function of the event {eventType} failed. {why}");
    }
}
