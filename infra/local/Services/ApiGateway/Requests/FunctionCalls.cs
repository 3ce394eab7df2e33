using Isobar.Local.History;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>A client no longer waits for a function, which keeps running.</summary>
internal sealed record IntegrationTimedOut(string RequestId, string Function) : IFact
{
    string? IFact.Resource => FactResource.OfArn(Function);
}

/// <summary>Lambda refused to run the function of an integration or authorizer.</summary>
internal sealed record IntegrationRefused(string RequestId, string Function, string Code) : IFact
{
    string? IFact.Resource => FactResource.OfArn(Function);
}

/// <summary>Runs the functions behind an API, and turns Lambda's refusals into the gateway's.</summary>
/// <param name="realTime">Functions take real time, so the wait for them does too.</param>
internal sealed class FunctionCalls(
    ServiceDirectory directory, Journal journal, TimeProvider realTime)
{
    /// <summary>Runs a function and waits, for a while.</summary>
    /// <exception cref="GatewayException">It took too long, or Lambda refused.</exception>
    public async Task<InvocationAnswer> InvokeAsync(
        Arn function, byte[] payload, GatewayRequest request, TimeSpan timeout)
    {
        var call = RunAsync(function, payload, request);
        try
        {
            return await call.WaitAsync(timeout, realTime);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            journal.Record(new IntegrationTimedOut(RequestId(request), function.ToString()));
            // No request waits for it any more, but its failure must be recorded.
            _ = call.ContinueWith(
                ended => Refused(request, function, ended.Exception!.GetBaseException()), CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new GatewayException(GatewayError.TimedOut);
        }
        catch (AwsException e)
        {
            throw Refused(request, function, e);
        }
    }

    // A task of its own, so that a refusal before the first wait is seen where the others are.
    private async Task<InvocationAnswer> RunAsync(Arn function, byte[] payload, GatewayRequest request) =>
        await (directory.Find<IInvoker>(function) ?? throw FunctionNotFound(function))
            .InvokeAsync(function, payload, request.TraceId, CancellationToken.None);

    /// <summary>Queues an event for a function.</summary>
    /// <exception cref="GatewayException">Lambda refused.</exception>
    public async Task DeliverAsync(Arn function, byte[] payload, GatewayRequest request)
    {
        try
        {
            var target = directory.Find<ITarget>(function) ?? throw FunctionNotFound(function);
            await target.DeliverAsync(
                function, new TargetEvent(payload, request.Source) { TraceHeader = request.TraceId },
                CancellationToken.None);
        }
        catch (AwsException e)
        {
            throw Refused(request, function, e);
        }
    }

    private GatewayException Refused(GatewayRequest request, Arn function, Exception e)
    {
        var code = e is AwsException known ? known.Code : e.ToString();
        journal.Record(new IntegrationRefused(RequestId(request), function.ToString(), code));
        // A client sees the same error for a throttle, a missing function and a failing service.
        return new GatewayException(e switch
        {
            AwsException { Status: 413 } => GatewayError.EventTooLarge,
            AwsException { Code: "InvalidRequestContentException" } => GatewayError.UnreadablePayload(e.Message),
            _ => GatewayError.Misconfigured,
        }, e);
    }

    private static AwsException FunctionNotFound(Arn function) =>
        new("ResourceNotFoundException", $"Function not found: {function}", 404);

    private static string RequestId(GatewayRequest request) => (string)request.Context["requestId"]!;
}
