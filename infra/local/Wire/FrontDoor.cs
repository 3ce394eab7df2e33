using System.Globalization;
using System.Net;
using Isobar.Local.Costs;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Wire;

/// <summary>An unexpected exception ended a request; the caller got InternalFailure.</summary>
internal sealed record RequestFaulted(string RequestId, string Service, string Exception) : IFact
{
    string? IFact.Resource => Service;
}

/// <summary>
/// The host's one address: checks the Host header, finds the service by the credential scope, and turns every failure
/// into an error response of that service.
/// </summary>
/// <param name="services">By signing name.</param>
/// <param name="unsignedService">The service that requests without a signature are for; null where there is none.
/// </param>
/// <param name="keys">Tells whose an access key is.</param>
/// <param name="gate">Decides about calls; null to allow every call.</param>
/// <param name="tariffs">
/// By signing name, what AWS charges for a call beside what its operation noted; calls of other services are free.
/// </param>
/// <param name="unsigned">By path prefix, what answers requests without a signature in its place.</param>
/// <param name="clock">Tells every answer's time; null for that of the machine.</param>
internal sealed class FrontDoor(
    IReadOnlyDictionary<string, IWireProtocol> services, string? unsignedService,
    IReadOnlyDictionary<string, RequestDelegate> unsigned, string accountId, string region, Identifiers identifiers,
    Journal journal, AccessKeys keys, IRequestGate? gate = null,
    IReadOnlyDictionary<string, Func<CallAnswered, IEnumerable<Charge>>>? tariffs = null,
    ServiceClock? clock = null)
{
    // Ours, in characters: AWS documents no limit, and its own headers have about a hundred.
    private const int MaxTraceLength = 1_024;

    public async Task HandleAsync(HttpContext http)
    {
        if (!IsLoopbackName(http.Request.Host.Host))
        {
            // A page on another site can make a browser send requests here under its own name (DNS rebinding).
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        if (clock is not null)
            http.Response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var scope = new CallScope(identifiers.NewGuid().ToString(), "", region, accountId)
        {
            Service = unsignedService ?? "",
            Origin = $"{http.Request.Scheme}://{http.Request.Host}",
            TraceHeader = TraceOf(http.Request),
            Aborted = http.RequestAborted,
            Keys = keys,
            Gate = gate,
        };
        var protocol = ProtocolOf(scope.Service, http.Request);
        try
        {
            var signature = SignatureScope.Read(http.Request);
            if (signature is null && Unsigned(http.Request.Path) is { } answer)
            {
                await answer(http);
                return;
            }

            if (signature is not null)
            {
                scope = scope with
                {
                    AccessKey = signature.AccessKey, Region = signature.Region, Service = signature.Service,
                };
                protocol = ProtocolOf(scope.Service, http.Request);
            }

            if (!services.ContainsKey(scope.Service)) throw AbsentService.Error(scope.Service);
            http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = protocol.MaxRequestBytes;
            if (tariffs?.GetValueOrDefault(scope.Service) is { } tariff) RecordAnswer(http, scope, tariff);
            await protocol.HandleAsync(http, scope);
        }
        catch (Exception e)
        {
            await FailAsync(http, protocol, scope, e);
        }
    }

    /// <summary>Whether a Host header names this machine and not another site.</summary>
    /// <remarks>Names below <c>localhost</c> belong to this machine by RFC 6761; one may name a bucket.</remarks>
    public static bool IsLoopbackName(string host) =>
        host is "127.0.0.1" or "localhost" or "sandbox.localdomain"
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // When the answer begins: whoever gets it finds the fact in the journal. AWS charges for no failure of its own, and
    // a call that costs nothing leaves no fact: an invocation is on its function's account.
    private void RecordAnswer(
        HttpContext http, CallScope scope, Func<CallAnswered, IEnumerable<Charge>> tariff) =>
        http.Response.OnStarting(() => RecordAsync(http, scope, tariff));

    private Task RecordAsync(HttpContext http, CallScope scope, Func<CallAnswered, IEnumerable<Charge>> tariff)
    {
        var status = http.Response.StatusCode;
        if (status >= StatusCodes.Status500InternalServerError) return Task.CompletedTask;
        var answered = new CallAnswered(
            scope.RequestId, scope.Service, scope.Meter.Operation, http.Request.Method, status,
            http.Request.ContentLength ?? 0)
        {
            TraceId = scope.TraceHeader,
            Payer = scope.Principal.Session,
        };
        Charge[] charges = [.. scope.Meter.Charges, .. tariff(answered)];
        if (charges.Length > 0) journal.Record(answered with { Charges = charges });
        return Task.CompletedTask;
    }

    private IWireProtocol ProtocolOf(string service, HttpRequest request) =>
        services.GetValueOrDefault(service)
            ?? AbsentService.ProtocolOf(request, services.GetValueOrDefault(unsignedService ?? ""));

    // A header that is longer, or not printable ASCII, is ignored: messages would store it.
    private static string? TraceOf(HttpRequest request) =>
        request.Headers["X-Amzn-Trace-Id"].ToString() is { Length: > 0 and <= MaxTraceLength } trace
        && trace.All(character => character is >= ' ' and <= '~')
            ? trace
            : null;

    private RequestDelegate? Unsigned(PathString path) =>
        unsigned.FirstOrDefault(entry => path.StartsWithSegments(entry.Key, StringComparison.Ordinal)).Value;

    private async Task FailAsync(HttpContext http, IWireProtocol protocol, CallScope scope, Exception e)
    {
        if (http.RequestAborted.IsCancellationRequested) return;
        var error = e switch
        {
            AwsException known => known,
            BadHttpRequestException bad when bad.StatusCode == StatusCodes.Status413PayloadTooLarge =>
                new AwsException("RequestEntityTooLarge", "The request body is larger than this service takes.", 413),
            BadHttpRequestException => new AwsException("MalformedRequest", "The request body ended early.", 400),
            _ => null,
        };
        if (error is null) journal.Record(new RequestFaulted(scope.RequestId, scope.Service, e.ToString()));
        if (http.Response.HasStarted) http.Abort();
        else await protocol.WriteErrorAsync(http, scope, error ?? AwsException.InternalFailure());
    }
}
