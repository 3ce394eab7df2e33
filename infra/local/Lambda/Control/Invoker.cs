using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>
/// Runs invocations under Lambda's concurrency limits: the one way from Lambda's doors to the environments.
/// </summary>
internal sealed class Invoker(
    Monitor<FunctionRegistry> functions, IEnvironmentPool pool, Journal journal)
{
    /// <summary>Runs one invocation and waits for what it comes to.</summary>
    /// <param name="cancellationToken">Stops the wait, not the invocation.</param>
    /// <exception cref="AwsException">
    /// TooManyRequestsException: a concurrency limit; ServiceException: this machine can take no more;
    /// ResourceNotFoundException: the function has been deleted since it was resolved.
    /// </exception>
    public async ValueTask<InvocationOutcome> InvokeAsync(
        ResolvedFunction function, InvocationRequest request, CancellationToken cancellationToken)
    {
        var running = RunAsync(Enter(function, request), function, request);
        return cancellationToken.CanBeCanceled
            ? await running.AsTask().WaitAsync(cancellationToken)
            : await running;
    }

    // It goes on when the caller has hung up: until it has ended it is counted, and then its metrics are.
    private async ValueTask<InvocationOutcome> RunAsync(
        Admission admission, ResolvedFunction function, InvocationRequest request)
    {
        try
        {
            var outcome = await pool.InvokeAsync(admission.Function.Configuration, request, CancellationToken.None);
            journal.Record(new InvocationEnded(
                request.RequestId, function.Name, function.Qualifier, outcome.ExecutedVersion,
                outcome.FunctionError is not null, outcome.Duration, admission.At)
            {
                Concurrency = admission.Concurrency,
                TraceId = request.TraceId,
            });
            return outcome;
        }
        catch (HostUnavailableException e)
        {
            throw LambdaErrors.Service(e.Message, e);
        }
        finally
        {
            functions.Post((registry, _) => registry.Leave(admission));
        }
    }

    private Admission Enter(ResolvedFunction function, InvocationRequest request)
    {
        try
        {
            return functions.Ask((registry, now) => registry.Enter(function, request.Priority, now))
                ?? throw LambdaErrors.FunctionNotFound(function.QualifiedArn);
        }
        catch (AwsException e) when (e.Code == LambdaErrors.Throttled)
        {
            journal.Record(new InvocationThrottled(request.RequestId, function.Name, (string)e.Members!["Reason"]!)
            {
                Qualifier = function.Qualifier,
                Priority = request.Priority,
                TraceId = request.TraceId,
            });
            throw;
        }
    }
}
