using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>An invocation was refused because a concurrency limit was reached.</summary>
internal sealed record InvocationThrottled(string RequestId, string FunctionName, string Reason);

/// <summary>
/// Runs invocations under Lambda's concurrency limits: the one way from Lambda's doors to the environments.
/// </summary>
internal sealed class Invoker(
    Monitor<FunctionRegistry> functions, IEnvironmentPool pool, Activity activity, Journal journal)
{
    /// <summary>Runs one invocation and waits for what it comes to.</summary>
    /// <param name="cancellationToken">Stops the wait, not the invocation.</param>
    /// <returns>The outcome, or null when there is no such function.</returns>
    /// <exception cref="AwsException">
    /// TooManyRequestsException: a concurrency limit; ServiceException: this machine can take no more.
    /// </exception>
    public async ValueTask<InvocationOutcome?> InvokeAsync(
        string functionName, InvocationRequest request, CancellationToken cancellationToken)
    {
        if (Enter(functionName, request) is not { } admission) return null;
        using var lease = activity.Begin();
        try
        {
            return await pool.InvokeAsync(admission.Function.Configuration, request, cancellationToken);
        }
        catch (HostUnavailableException e)
        {
            throw LambdaErrors.Service(e.Message);
        }
        finally
        {
            functions.Post((registry, _) => registry.Leave(admission));
        }
    }

    private Admission? Enter(string functionName, InvocationRequest request)
    {
        try
        {
            return functions.Ask((registry, _) => registry.Enter(functionName));
        }
        catch (AwsException e) when (e.Code == LambdaErrors.Throttled)
        {
            journal.Record(new InvocationThrottled(request.RequestId, functionName, (string)e.Members!["Reason"]!));
            throw;
        }
    }
}
