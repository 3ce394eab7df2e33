using System.Collections.Frozen;
using Isobar.Local.Costs;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Mapping;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>A request was answered by an API.</summary>
/// <param name="GatewayResponse">The type of the gateway's own answer, or null when the integration answered.</param>
internal sealed record ApiRequestAnswered(
    string RequestId, string ApiId, string Stage, string Method, string ResourcePath, int Status,
    string? GatewayResponse) : IChargedFact, IMeasuredFact
{
    // AWS charges for no request that it does not authorize, and for none without a route.
    private static readonly FrozenSet<string?> Free = new[]
    {
        "ACCESS_DENIED", "EXPIRED_TOKEN", "INVALID_API_KEY", "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN",
        "THROTTLED", "UNAUTHORIZED",
    }.ToFrozenSet<string?>();

    public IEnumerable<Charge> Charges => Free.Contains(GatewayResponse) ? [] : [new Charge(Meter.ApiRequests, 1)];

    /// <summary>The API's name, which its metrics go by; null where it is not known.</summary>
    public string? ApiName { get; init; }

    /// <summary>From the request's headers to the answer, in real time.</summary>
    public TimeSpan Latency { get; init; }

    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => ApiMetrics.Of(this);

    string? IFact.Resource => FactResource.Of("execute-api", $"{ApiId}/{Stage}{ResourcePath}");
}

/// <summary>A mapping template could not be run with a request, whose client got a 500.</summary>
internal sealed record MappingTemplateFailed(string RequestId, string ApiId, string ResourcePath, string Reason) : IFact
{
    string? IFact.Resource => FactResource.Of("execute-api", ApiId);
}

/// <summary>Answers the clients of the deployed APIs.</summary>
internal sealed class DataPlane(
    Monitor<ApiGatewayState> apis, Authorizers authorizers, Integrations integrations, Identifiers identifiers,
    Journal journal, TimeProvider realTime)
{
    private static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>();

    /// <summary>
    /// Answers any request below <see cref="ApiGatewayModule.Prefix"/>; never throws for what a client sent.
    /// </summary>
    public async Task HandleAsync(HttpContext http)
    {
        var began = realTime.GetTimestamp();
        var ids = RequestIds.New(identifiers, http.Request.Headers[RequestIds.Header].ToString());
        var target = RequestTarget.Read(http);
        var (stage, now) = apis.Ask((state, now) => (state.Stage(target.ApiId, target.Stage), now));
        if (stage is null)
        {
            await GatewayAnswer.Of(403, "application/json", "{\"message\":\"Forbidden\"}",
                KeyValuePair.Create("x-amzn-ErrorType", "ForbiddenException")).WriteAsync(http, ids);
            return;
        }

        var route = stage.Routes.Find(target.Path);
        var method = route?.Methods.GetValueOrDefault(http.Request.Method)
            ?? route?.Methods.GetValueOrDefault(ApiMethod.Any);
        var request = RequestReader.Read(http, target, stage, method, route?.PathParameters ?? NoParameters, ids, now);
        var (answer, error) = await AnswerAsync(http, request, isFound: method is not null);
        journal.Record(new ApiRequestAnswered(
            ids.RequestId, stage.ApiId, stage.Name, http.Request.Method, request.Method.ResourcePath, answer.Status,
            error?.Type)
        {
            ApiName = apis.Ask((state, _) => state.NameOf(stage.ApiId)),
            Latency = realTime.GetElapsedTime(began),
            TraceId = request.TraceId,
        });
        await answer.WriteAsync(http, ids);
    }

    private async Task<(GatewayAnswer Answer, GatewayError? Error)> AnswerAsync(
        HttpContext http, GatewayRequest request, bool isFound)
    {
        try
        {
            // The size is checked first, before the request's path is looked at.
            request = request with { Body = await RequestReader.ReadBodyAsync(http) };
            if (!isFound) throw new GatewayException(GatewayError.NoRoute);
            await authorizers.AuthorizeAsync(request);
            RequestValidation.Check(request);
            return (await integrations.AnswerAsync(request), null);
        }
        catch (GatewayException e)
        {
            return (GatewayResponses.Answer(e.Error, request), e.Error);
        }
        catch (TemplateFailedException e)
        {
            journal.Record(new MappingTemplateFailed(
                (string)request.Context["requestId"]!, request.Stage.ApiId, request.Method.ResourcePath, e.Message));
            return (GatewayResponses.Answer(GatewayError.Misconfigured, request), GatewayError.Misconfigured);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && e is not BadHttpRequestException)
        {
            journal.Record(new RequestFaulted((string)request.Context["requestId"]!, "execute-api", e.ToString()));
            return (GatewayResponses.Answer(GatewayError.Misconfigured, request), GatewayError.Misconfigured);
        }
    }
}
