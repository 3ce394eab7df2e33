using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>
/// Runs a function: and waits (RequestResponse), or queues the event (Event), or only checks (DryRun).
/// </summary>
/// <remarks>Source: AWS Lambda API Reference, Invoke.</remarks>
internal sealed class Invoke(
    FunctionDirectory functions, Invoker invoker, AsynchronousDelivery delivery, Identifiers identifiers,
    ServiceClock clock)
{
    public ValueTask HandleAsync(RestRequest request)
    {
        var headers = request.Http.Request.Headers;
        var type = headers["X-Amz-Invocation-Type"].ToString();
        var reference = FunctionReference.Parse(
            request.Label, request.Query("Qualifier"), request.Scope, "lambda:InvokeFunction");
        RefuseUnsupported(headers);
        return type switch
        {
            "" or "RequestResponse" => RunAsync(request, reference),
            "Event" => QueueAsync(request, reference),
            "DryRun" => CheckAsync(request, reference),
            _ => throw LambdaErrors.Validation(LambdaErrors.Constraint(
                type, "invocationType", "satisfy enum value set: [Event, RequestResponse, DryRun]")),
        };
    }

    private async ValueTask RunAsync(RestRequest request, FunctionReference reference)
    {
        var tail = ReadLogType(request.Http.Request.Headers);
        var clientContext = ReadClientContext(request.Http.Request.Headers);
        var payload = await InvocationPayload.ReadAsync(
            request.Http, "RequestResponse", LambdaLimits.MaxSynchronousPayloadBytes);
        var function = Resolve(request.Scope, reference);
        var invocation = Describe(request, function, payload.Bytes) with
        {
            ClientContext = clientContext,
            LogTail = tail,
        };
        // A caller that hangs up does not end its invocation, so the wait is not the connection's to stop.
        var outcome = await invoker.InvokeAsync(function, invocation, CancellationToken.None);
        // A process that failed may have been killed while its event was still on the way to it.
        if (outcome.FunctionError is null) payload.Return();
        await AnswerAsync(request, invocation, outcome);
    }

    private static async ValueTask AnswerAsync(
        RestRequest request, InvocationRequest invocation, InvocationOutcome outcome)
    {
        var response = request.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json";
        response.ContentLength = outcome.Payload.Length;
        response.Headers["x-amzn-RequestId"] = request.Scope.RequestId;
        response.Headers["X-Amzn-Trace-Id"] = invocation.TraceId;
        response.Headers["X-Amz-Executed-Version"] = outcome.ExecutedVersion;
        if (outcome.FunctionError is { } error) response.Headers["X-Amz-Function-Error"] = error;
        if (invocation.LogTail) response.Headers["X-Amz-Log-Result"] = Convert.ToBase64String(outcome.LogTail.Span);
        response.BodyWriter.Write(outcome.Payload.Span);
        await response.BodyWriter.FlushAsync(request.Http.RequestAborted);
    }

    private async ValueTask QueueAsync(RestRequest request, FunctionReference reference)
    {
        ReadLogType(request.Http.Request.Headers);
        var payload = await InvocationPayload.ReadAsync(
            request.Http, "Event", LambdaLimits.MaxAsynchronousPayloadBytes);
        var function = Resolve(request.Scope, reference);
        delivery.Accept(function, Describe(request, function, payload.Bytes.ToArray()));
        payload.Return();
        AnswerEmpty(request, 202);
    }

    private async ValueTask CheckAsync(RestRequest request, FunctionReference reference)
    {
        var payload = await InvocationPayload.ReadAsync(
            request.Http, "DryRun", LambdaLimits.MaxSynchronousPayloadBytes);
        payload.Return();
        Resolve(request.Scope, reference);
        AnswerEmpty(request, 204);
    }

    private InvocationRequest Describe(
        RestRequest request, ResolvedFunction function, ReadOnlyMemory<byte> payload) =>
        new(request.Scope.RequestId, payload, function.InvokedArn)
        {
            TraceId = TraceHeader.Rebuild(
                request.Http.Request.Headers["X-Amzn-Trace-Id"].ToString(), identifiers, clock.GetUtcNow()),
        };

    // Recorded: Invoke names $LATEST where the caller named no version; GetFunction does not.
    private ResolvedFunction Resolve(CallScope scope, FunctionReference reference) =>
        functions.Resolve(reference, scope.Region) ?? throw LambdaErrors.FunctionNotFound(
            (reference with { Qualifier = reference.Qualifier ?? ResolvedFunction.Latest })
                .Arn(scope.Region, scope.AccountId));

    private static void AnswerEmpty(RestRequest request, int status)
    {
        request.Http.Response.StatusCode = status;
        request.Http.Response.Headers["x-amzn-RequestId"] = request.Scope.RequestId;
        if (status != 204) request.Http.Response.ContentLength = 0;
    }

    private static void RefuseUnsupported(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["X-Amz-Tenant-Id", "X-Amz-Durable-Execution-Name"])
        {
            if (headers.ContainsKey(name)) throw LambdaErrors.InvalidParameter($"{name} is not supported.");
        }
    }

    private static bool ReadLogType(IHeaderDictionary headers) => headers["X-Amz-Log-Type"].ToString() switch
    {
        "" or "None" => false,
        "Tail" => true,
        var other => throw LambdaErrors.Validation(
            LambdaErrors.Constraint(other, "logType", "satisfy enum value set: [None, Tail]")),
    };

    private static string? ReadClientContext(IHeaderDictionary headers)
    {
        var text = headers["X-Amz-Client-Context"].ToString();
        if (text.Length == 0) return null;
        if (text.Length > LambdaLimits.MaxClientContextCharacters)
            throw LambdaErrors.InvalidContent("Client context must be less than or equal to "
                + $"{LambdaLimits.MaxClientContextCharacters} bytes.");
        try
        {
            // Written anew, in one line of ASCII: it travels to the runtime as a header.
            if (JsonNode.Parse(Convert.FromBase64String(text)) is JsonObject context) return context.ToJsonString();
        }
        catch (Exception e) when (
            e is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
        }

        throw LambdaErrors.InvalidContent("Client context must be a valid Base64-encoded JSON object.");
    }
}
